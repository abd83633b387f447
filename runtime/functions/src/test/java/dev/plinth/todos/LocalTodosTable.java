package dev.plinth.todos;

import dev.plinth.contract.TodosTable;
import dev.plinth.functions.aws.LocalTable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class LocalTodosTable extends LocalTable {
    LocalTodosTable() {
        super(TodosTable.SCHEMA);
    }

    TodosTableName tableName() {
        return new TodosTableName(name());
    }

    /** Returns the items of a user that are not their figures. */
    List<Map<String, AttributeValue>> things(UUID user) {
        return items().stream()
                .filter(item -> item.get(TodosTable.PK).equals(TodoItems.partition(user)))
                .filter(item -> !item.get(TodosTable.SK).s().equals(TodoItems.FIGURES))
                .toList();
    }

    Map<String, AttributeValue> figuresItem(UUID user) {
        return dynamo().getItem(request -> request
                .tableName(name()).key(TodoItems.figuresKey(user)).consistentRead(true)).item();
    }

    Figures figures(UUID user) {
        return TodoItems.figures(figuresItem(user));
    }
}
