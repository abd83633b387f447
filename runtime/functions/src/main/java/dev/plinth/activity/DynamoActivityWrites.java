package dev.plinth.activity;

import dev.plinth.contract.StudioTable;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.time.TimeOrderedIds;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Writes an item to the activity log, and adds to the item of the day. Neither has a condition, so neither can refuse
 * the change that it records.
 */
@Singleton
final class DynamoActivityWrites implements ActivityWrites {
    private final StudioTables tables;
    private final TimeOrderedIds ids;

    DynamoActivityWrites(StudioTables tables, TimeOrderedIds ids) {
        this.tables = tables;
        this.ids = ids;
    }

    @Override
    public List<TransactWriteItem> of(Happening happening) {
        List<TransactWriteItem> writes = new ArrayList<>();
        String log = tables.nameOf(StudioTable.ACTIVITY_LOGS);
        Map<String, AttributeValue> entry = ActivityItems.item(ids.next(), happening);
        writes.add(TransactWriteItem.builder().put(put -> put.tableName(log).item(entry)).build());
        if (!happening.figures().isEmpty()) {
            writes.add(TransactWriteItem.builder()
                    .update(DayItems.addition(tables.nameOf(StudioTable.ANALYTICS), happening)).build());
        }
        return writes;
    }
}
