package dev.plinth.functions.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Why DynamoDB cancelled a transaction. It gives one reason for each of the transaction's actions, in their order.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">
 *     TransactWriteItems</a>
 */
public final class Cancellation {

    private static final String CONDITION = "ConditionalCheckFailed";
    private static final String CONFLICT = "TransactionConflict";

    private final List<CancellationReason> reasons;

    public Cancellation(TransactionCanceledException cause) {
        this.reasons = cause.hasCancellationReasons() ? cause.cancellationReasons() : List.of();
    }

    /** Returns the item that failed an action's condition, if that is what cancelled the transaction. */
    public Optional<Map<String, AttributeValue>> itemAgainst(int action) {
        return reasons.stream()
                .skip(action)
                .findFirst()
                .filter(reason -> CONDITION.equals(reason.code()) && reason.hasItem())
                .map(CancellationReason::item);
    }

    /** Tells whether the condition of one action did not hold. */
    public boolean isAgainst(int action) {
        return reasons.stream().skip(action).findFirst().filter(reason -> CONDITION.equals(reason.code())).isPresent();
    }

    /** Tells whether any action's condition did not hold: repeating the transaction would not help. */
    public boolean isCondition() {
        return reasons.stream().anyMatch(reason -> CONDITION.equals(reason.code()));
    }

    /** Tells whether another transaction was at work on the same items. */
    public boolean isConflict() {
        return reasons.stream().anyMatch(reason -> CONFLICT.equals(reason.code()));
    }
}
