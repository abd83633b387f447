package dev.plinth.webhooks;

import static dev.plinth.functions.aws.Values.number;
import static dev.plinth.functions.aws.Values.seconds;
import static dev.plinth.functions.aws.Values.text;
import static dev.plinth.functions.aws.Values.time;

import dev.plinth.contract.StudioTable;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.StudioLists;
import dev.plinth.functions.aws.StudioLists.Partition;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.aws.Transactions;
import dev.plinth.functions.aws.Values;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.webhooks.Delivery.Status;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The deliveries, each in the partition of its endpoint, for thirty days. A mark of each notice is written in the
 * transaction of its delivery, so that there is one delivery however often the notice comes. Every method throws
 * {@link dev.plinth.failure.Failure} UNAVAILABLE when the table does not answer in time. Thread-safe.
 */
@Singleton
public class Deliveries {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final String DELIVERY_ID = "deliveryId";

    private static final String NOTICE_ID = "noticeId";
    /** Not under the name of the index's key, which would have the index hold deliveries. */
    private static final String PROJECT = "project";
    private static final String TYPE = "type";
    private static final String BODY = "body";
    private static final String STATUS = "status";
    private static final String ATTEMPTS = "attempts";
    private static final String RESULT = "result";
    private static final String NEXT_ATTEMPT_AT = "nextAttemptAt";

    /** Until when one worker has the attempt for itself. */
    private static final String CLAIMED_UNTIL = "claimedUntil";

    private final DynamoDbClient dynamo;
    private final Transactions transactions;
    private final StudioLists lists;
    private final String table;
    private final Clock clock;

    Deliveries(DynamoDbClient dynamo, Transactions transactions, StudioLists lists, StudioTables tables, Clock clock) {
        this.dynamo = dynamo;
        this.transactions = transactions;
        this.lists = lists;
        this.table = tables.nameOf(StudioTable.INTEGRATIONS);
        this.clock = clock;
    }

    /** Returns the write that creates a delivery, for the transaction of what it belongs to. */
    public TransactWriteItem creation(Delivery delivery) {
        return TransactWriteItem.builder().put(Put.builder().tableName(table).item(item(delivery)).build()).build();
    }

    /** Creates a delivery of a notice, or returns the one that the endpoint has for it already, as it stands. */
    Delivery createOnce(Delivery delivery) {
        Map<String, AttributeValue> mark = new HashMap<>(IntegrationItems.key(
                IntegrationItems.notices(delivery.endpointId()), delivery.noticeId()));
        mark.put(DELIVERY_ID, text(delivery.id().toString()));
        mark.put(IntegrationItems.EXPIRES_AT, seconds(clock.instant().plus(KEPT)));
        Put put = Put.builder()
                .tableName(table)
                .item(mark)
                .conditionExpression("attribute_not_exists(#owner)")
                .expressionAttributeNames(Map.of("#owner", IntegrationItems.OWNER))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        Optional<Cancellation> refused = transactions.write(delivery.id().toString(),
                List.of(TransactWriteItem.builder().put(put).build(), creation(delivery)));
        if (refused.isEmpty()) {
            return delivery;
        }
        UUID earlier = refused.get().itemAgainst(0).flatMap(item -> Values.id(item, DELIVERY_ID)).orElseThrow();
        // The mark and the delivery expire together, but are not removed at the same moment.
        return find(delivery.endpointId(), earlier).orElse(cancelled(delivery));
    }

    /** Returns a delivery as the latest write left it; empty when it has expired. */
    Optional<Delivery> find(UUID endpointId, UUID id) {
        GetItemResponse response = AwsFailures.calling(() -> dynamo.getItem(request -> request
                .tableName(table).key(key(endpointId, id)).consistentRead(true)));
        return response.hasItem() ? Optional.of(delivery(response.item())) : Optional.empty();
    }

    /** Lists the deliveries to an endpoint, newest first. */
    public IdPage<Delivery> list(UUID endpointId, IdPageRequest page) {
        return lists.page(new Partition(StudioTable.INTEGRATIONS, Optional.empty(),
                IntegrationItems.deliveries(endpointId), List.of()), page, Deliveries::delivery);
    }

    /**
     * Takes the next attempt of a delivery for oneself, for a time.
     *
     * @return false when somebody else has it, or it has been made
     */
    boolean claim(Delivery delivery, Instant until) {
        return update(delivery, "SET #claimed = :until",
                "attribute_not_exists(#claimed) OR #claimed <= :now",
                Map.of("#claimed", CLAIMED_UNTIL),
                Map.of(":until", text(until), ":now", text(clock.instant())));
    }

    /** Notes what an attempt came to, after which there is another one. */
    void postpone(Delivery delivery, String result, Instant nextAttemptAt) {
        update(delivery, "SET #attempts = :made, #result = :result, #next = :next REMOVE #claimed", "",
                Map.of("#result", RESULT, "#next", NEXT_ATTEMPT_AT, "#claimed", CLAIMED_UNTIL),
                Map.of(":made", number(delivery.attempts() + 1L), ":result", text(result),
                        ":next", text(nextAttemptAt)));
    }

    /**
     * Notes what the last attempt came to.
     *
     * @return false when that was noted before
     */
    boolean end(Delivery delivery, Status status, String result) {
        return update(delivery, "SET #attempts = :made, #result = :result, #status = :status REMOVE #claimed, #next",
                "", Map.of("#result", RESULT, "#next", NEXT_ATTEMPT_AT, "#claimed", CLAIMED_UNTIL),
                Map.of(":made", number(delivery.attempts() + 1L), ":result", text(result),
                        ":status", text(status.name())));
    }

    /** Notes that there will be no attempt any more. */
    void cancel(Delivery delivery) {
        update(delivery, "SET #status = :status REMOVE #claimed, #next", "",
                Map.of("#next", NEXT_ATTEMPT_AT, "#claimed", CLAIMED_UNTIL),
                Map.of(":status", text(Status.CANCELLED.name())));
    }

    /** Writes only while the delivery is pending and no attempt has been made since it was read. */
    private boolean update(Delivery delivery, String expression, String condition, Map<String, String> names,
            Map<String, AttributeValue> values) {
        Map<String, String> allNames = new HashMap<>(names);
        allNames.putAll(Map.of("#status", STATUS, "#attempts", ATTEMPTS));
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        allValues.putAll(Map.of(":pending", text(Status.PENDING.name()), ":attempts", number(delivery.attempts())));
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(key(delivery.endpointId(), delivery.id()))
                .updateExpression(expression)
                .conditionExpression("#status = :pending AND #attempts = :attempts"
                        + (condition.isEmpty() ? "" : " AND (" + condition + ")"))
                .expressionAttributeNames(allNames)
                .expressionAttributeValues(allValues)
                .build();
        try {
            AwsFailures.calling(() -> dynamo.updateItem(request));
            return true;
        } catch (ConditionalCheckFailedException changed) {
            return false;
        }
    }

    private Map<String, AttributeValue> item(Delivery delivery) {
        Map<String, AttributeValue> item = new HashMap<>(key(delivery.endpointId(), delivery.id()));
        delivery.projectId().ifPresent(project -> item.put(PROJECT, text(project)));
        item.put(NOTICE_ID, text(delivery.noticeId()));
        item.put(TYPE, text(delivery.type()));
        item.put(BODY, text(delivery.body()));
        item.put(STATUS, text(delivery.status().name()));
        item.put(ATTEMPTS, number(delivery.attempts()));
        delivery.nextAttemptAt().ifPresent(at -> item.put(NEXT_ATTEMPT_AT, text(at)));
        item.put(IntegrationItems.EXPIRES_AT, seconds(clock.instant().plus(KEPT)));
        return item;
    }

    private static Delivery delivery(Map<String, AttributeValue> item) {
        String endpoint = item.get(IntegrationItems.OWNER).s();
        return new Delivery(
                UUID.fromString(endpoint.substring(endpoint.indexOf('#') + 1)),
                UUID.fromString(item.get(IntegrationItems.ID).s()),
                Values.id(item, PROJECT),
                item.get(NOTICE_ID).s(),
                item.get(TYPE).s(),
                item.get(BODY).s(),
                Status.valueOf(item.get(STATUS).s()),
                (int) number(item, ATTEMPTS),
                text(item, RESULT),
                item.containsKey(NEXT_ATTEMPT_AT) ? Optional.of(time(item, NEXT_ATTEMPT_AT)) : Optional.empty());
    }

    private static Delivery cancelled(Delivery delivery) {
        return new Delivery(delivery.endpointId(), delivery.id(), delivery.projectId(), delivery.noticeId(),
                delivery.type(), delivery.body(), Status.CANCELLED, 0, Optional.empty(), Optional.empty());
    }

    private static Map<String, AttributeValue> key(UUID endpointId, UUID id) {
        return IntegrationItems.key(IntegrationItems.deliveries(endpointId), id.toString());
    }
}
