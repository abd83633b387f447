package dev.plinth.jobs;

import dev.plinth.functions.aws.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** A conditional change of a job's item, as DynamoDB wants it written. Every name goes by a placeholder. */
final class ItemChange {
    private final List<String> sets = new ArrayList<>();
    private final List<String> removals = new ArrayList<>();
    private final List<String> adds = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();

    ItemChange set(String name, AttributeValue value) {
        sets.add(name(name) + " = " + value(value));
        return this;
    }

    ItemChange set(Map<String, AttributeValue> attributes) {
        attributes.forEach(this::set);
        return this;
    }

    /** Sets an attribute that the item does not have yet. */
    ItemChange setFirst(String name, AttributeValue value) {
        sets.add(name(name) + " = if_not_exists(" + name(name) + ", " + value(value) + ")");
        return this;
    }

    ItemChange addOne(String name) {
        adds.add(name(name) + " " + value(Values.number(1)));
        return this;
    }

    ItemChange remove(String... removed) {
        for (String name : removed) {
            removals.add(name(name));
        }
        return this;
    }

    ItemChange ifPresent(String name) {
        conditions.add("attribute_exists(" + name(name) + ")");
        return this;
    }

    ItemChange ifAbsent(String name) {
        conditions.add("attribute_not_exists(" + name(name) + ")");
        return this;
    }

    ItemChange ifEqual(String name, AttributeValue value) {
        conditions.add(name(name) + " = " + value(value));
        return this;
    }

    ItemChange ifMemberEqual(String name, String member, AttributeValue value) {
        conditions.add(name(name) + "." + name(member) + " = " + value(value));
        return this;
    }

    ItemChange ifAbsentOrAtMost(String name, AttributeValue value) {
        conditions.add("(attribute_not_exists(" + name(name) + ") OR " + name(name) + " <= " + value(value) + ")");
        return this;
    }

    /** Returns the change by itself; the answer holds the item as it is then, a refusal the item as it was. */
    UpdateItemRequest request(String table, UUID id) {
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(JobItems.key(id))
                .updateExpression(update())
                .conditionExpression(condition())
                .expressionAttributeNames(names)
                .expressionAttributeValues(values.isEmpty() ? null : values)
                .returnValues(ReturnValue.ALL_NEW)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    /** Returns the change as a part of a transaction. */
    TransactWriteItem part(String table, UUID id) {
        return TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName(table)
                        .key(JobItems.key(id))
                        .updateExpression(update())
                        .conditionExpression(condition())
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values.isEmpty() ? null : values)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build())
                .build();
    }

    private String update() {
        List<String> clauses = new ArrayList<>();
        clause(clauses, "SET ", sets);
        clause(clauses, "REMOVE ", removals);
        clause(clauses, "ADD ", adds);
        return String.join(" ", clauses);
    }

    private static void clause(List<String> clauses, String verb, List<String> parts) {
        if (!parts.isEmpty()) {
            clauses.add(verb + String.join(", ", parts));
        }
    }

    private String condition() {
        return String.join(" AND ", conditions);
    }

    private String name(String name) {
        String placeholder = "#" + name;
        names.put(placeholder, name);
        return placeholder;
    }

    private String value(AttributeValue value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, value);
        return placeholder;
    }
}
