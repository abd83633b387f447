package dev.plinth.profiles;

import dev.plinth.failure.Failure;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Counts what people have, in the transactions that make and delete it. */
public interface Quotas {
    /** Returns the write that counts one more. It fails its transaction when the person has as many as they may. */
    TransactWriteItem use(UUID user, Quota quota);

    /** Returns the write that counts one less. */
    TransactWriteItem free(UUID user, Quota quota);

    /** Returns the failure to throw when {@link #use} has failed a transaction: a CONFLICT that says the limit. */
    Failure exceeded(Quota quota);
}
