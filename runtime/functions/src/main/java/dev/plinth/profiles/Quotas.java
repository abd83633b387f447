package dev.plinth.profiles;

import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.Cancellation;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Counts what people have, in the transactions that make and delete it. */
public interface Quotas {
    /**
     * Returns the write that counts one more. It fails its transaction when the person has as many as they may, or
     * their account has been removed.
     */
    TransactWriteItem use(UUID user, Quota quota);

    /** Returns the write that counts one less. */
    TransactWriteItem free(UUID user, Quota quota);

    /**
     * Returns the failure to throw for a transaction that {@link #use} refused: a CONFLICT that says the limit, or
     * FORBIDDEN for an account that has been removed; empty when another write did.
     *
     * @param action where the write stood in the transaction, from 0
     */
    Optional<Failure> refusal(Cancellation cancellation, int action, Quota quota);
}
