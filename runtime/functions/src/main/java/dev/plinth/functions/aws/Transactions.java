package dev.plinth.functions.aws;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Carries out transactions. Those that meet on an item cancel each other; one that was cancelled for that alone is
 * tried again after a random pause. Safe for use by several threads.
 */
@Singleton
public final class Transactions {

    /** A crowd of writers gets through, each pausing for up to 10 milliseconds more after each attempt. */
    private static final int ATTEMPTS = 10;

    private final DynamoDbClient dynamo;

    public Transactions(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
    }

    /**
     * Carries out all of the writes, or none.
     *
     * @param token  names the transaction, in 36 characters at most: one whose answer was lost takes effect once
     *               although it is sent again
     * @param writes at most one for each item
     * @return why a condition refused them; empty when they were carried out
     * @throws dev.plinth.failure.Failure UNAVAILABLE when DynamoDB throttles or does not answer, or when too many
     *         others write the same items at once
     */
    public Optional<Cancellation> write(String token, List<TransactWriteItem> writes) {
        TransactWriteItemsRequest request =
                TransactWriteItemsRequest.builder().clientRequestToken(token).transactItems(writes).build();
        for (int attempt = 1;; attempt++) {
            try {
                dynamo.transactWriteItems(request);
                return Optional.empty();
            } catch (TransactionCanceledException e) {
                Cancellation cancellation = new Cancellation(e);
                if (cancellation.isCondition()) {
                    return Optional.of(cancellation);
                }
                if (!cancellation.isConflict() || attempt == ATTEMPTS) {
                    throw AwsFailures.translate(e);
                }
                Pause.after(attempt);
            } catch (SdkException e) {
                throw AwsFailures.translate(e);
            }
        }
    }
}
