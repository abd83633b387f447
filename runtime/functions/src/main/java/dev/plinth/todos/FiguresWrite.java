package dev.plinth.todos;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Builds the part of a transaction that keeps a user's figures. It fails for a user whose removal has begun, so that
 * nothing is written to a partition that is being emptied, and for one who has too many todos.
 */
final class FiguresWrite {

    private final StringJoiner additions = new StringJoiner(", ", "ADD ", "");
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();

    private FiguresWrite() {
    }

    /**
     * Returns the update.
     *
     * @param dead expiries that have passed; what they counted is gone
     */
    static Update of(String table, UUID user, Figures difference, Collection<Instant> dead) {
        return new FiguresWrite().update(table, user, difference, dead);
    }

    private Update update(String table, UUID user, Figures difference, Collection<Instant> dead) {
        add("open", TodoItems.OPEN, difference.open());
        add("done", TodoItems.DONE, difference.done());
        add("kept", TodoItems.KEPT, difference.kept());
        add("created", TodoItems.CREATED, difference.created());
        difference.archived().forEach((expiry, number) ->
                add("until" + names.size(), TodoItems.archivedUntil(expiry), number));
        String removals = removals(dead);
        names.put("#removed", TodoItems.REMOVED);
        String condition = "attribute_not_exists(#removed)";
        if (difference.kept() > 0) {
            values.put(":most", TodoItems.number(Todos.MOST_KEPT));
            condition += " AND (attribute_not_exists(#kept) OR #kept < :most)";
        }
        return Update.builder()
                .tableName(table)
                .key(TodoItems.figuresKey(user))
                .updateExpression(additions + removals)
                .conditionExpression(condition)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private void add(String placeholder, String attribute, long number) {
        additions.add("#" + placeholder + " :" + placeholder);
        names.put("#" + placeholder, attribute);
        values.put(":" + placeholder, TodoItems.number(number));
    }

    private String removals(Collection<Instant> dead) {
        if (dead.isEmpty()) {
            return "";
        }
        StringJoiner removals = new StringJoiner(", ", " REMOVE ", "");
        for (Instant expiry : dead) {
            String placeholder = "#dead" + names.size();
            removals.add(placeholder);
            names.put(placeholder, TodoItems.archivedUntil(expiry));
        }
        return removals.toString();
    }
}
