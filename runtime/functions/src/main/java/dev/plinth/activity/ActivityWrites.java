package dev.plinth.activity;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Records what happens, as part of the transaction that makes it happen. */
public interface ActivityWrites {
    /**
     * Returns the writes that record a happening: one to the activity log, and one to the figures of the day when it
     * adds to them. The caller puts them into the transaction of the change; they fail for no reason of their own.
     */
    List<TransactWriteItem> of(Happening happening);
}
