package dev.plinth.webhooks;

import static dev.plinth.webhooks.IntegrationItems.number;
import static dev.plinth.webhooks.IntegrationItems.seconds;
import static dev.plinth.webhooks.IntegrationItems.text;

import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.Pause;
import dev.plinth.functions.time.Timestamps;
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
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The deliveries, each in the partition of its endpoint, for thirty days. A mark of each notice is written in the
 * transaction of its delivery, so that there is one delivery however often the notice comes. Every method throws
 * {@link dev.plinth.failure.Failure} UNAVAILABLE when the table does not answer in time. Thread-safe.
 */
@Singleton
public class Deliveries {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final String DELIVERY = "DELIVERY#";
    private static final String NOTICE = "NOTICE#";
    private static final String DELIVERY_ID = "deliveryId";

    private static final String NOTICE_ID = "noticeId";
    private static final String TYPE = "type";
    private static final String BODY = "body";
    private static final String STATUS = "status";
    private static final String ATTEMPTS = "attempts";
    private static final String RESULT = "result";
    private static final String NEXT_ATTEMPT_AT = "nextAttemptAt";

    /** Until when one worker has the attempt for itself. */
    private static final String CLAIMED_UNTIL = "claimedUntil";

    private static final int TRIES = 10;

    private final DynamoDbClient dynamo;
    private final String table;
    private final Clock clock;

    Deliveries(DynamoDbClient dynamo, IntegrationsTableName table, Clock clock) {
        this.dynamo = dynamo;
        this.table = table.value();
        this.clock = clock;
    }

    /** Returns the write that creates a delivery, for the transaction of what it belongs to. */
    public TransactWriteItem creation(Delivery delivery) {
        return TransactWriteItem.builder().put(Put.builder().tableName(table).item(item(delivery)).build()).build();
    }

    /** Creates a delivery of a notice, or returns the one that the endpoint has for it already, as it stands. */
    Delivery createOnce(Delivery delivery) {
        Map<String, AttributeValue> mark = new HashMap<>(IntegrationItems.key(
                IntegrationItems.ofEndpoint(delivery.endpointId()), NOTICE + delivery.noticeId()));
        mark.put(DELIVERY_ID, text(delivery.id().toString()));
        mark.put(IntegrationItems.EXPIRES_AT, seconds(clock.instant().plus(KEPT)));
        Put put = Put.builder()
                .tableName(table)
                .item(mark)
                .conditionExpression("attribute_not_exists(#owner)")
                .expressionAttributeNames(Map.of("#owner", IntegrationItems.OWNER))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .clientRequestToken(delivery.id().toString())
                .transactItems(TransactWriteItem.builder().put(put).build(), creation(delivery))
                .build();
        for (int attempt = 1;; attempt++) {
            try {
                dynamo.transactWriteItems(request);
                return delivery;
            } catch (TransactionCanceledException refused) {
                Cancellation cause = new Cancellation(refused);
                if (cause.isCondition()) {
                    UUID earlier = UUID.fromString(cause.itemAgainst(0).orElseThrow().get(DELIVERY_ID).s());
                    // The mark and the delivery expire together, but are not removed at the same moment.
                    return find(delivery.endpointId(), earlier).orElse(cancelled(delivery));
                }
                if (!cause.isConflict() || attempt == TRIES) {
                    throw AwsFailures.translate(refused);
                }
                Pause.after(attempt);
            } catch (SdkException failed) {
                throw AwsFailures.translate(failed);
            }
        }
    }

    /** Returns a delivery as the latest write left it; empty when it has expired. */
    Optional<Delivery> find(UUID endpointId, UUID id) {
        GetItemResponse response = AwsFailures.calling(() -> dynamo.getItem(request -> request
                .tableName(table).key(key(endpointId, id)).consistentRead(true)));
        return response.hasItem() ? Optional.of(delivery(response.item())) : Optional.empty();
    }

    /**
     * Lists the deliveries to an endpoint, newest first.
     *
     * @param after list only those before this one; empty to start with the newest
     */
    public List<Delivery> list(UUID endpointId, Optional<UUID> after, int limit) {
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("#owner = :owner AND begins_with(#id, :delivery)")
                .expressionAttributeNames(Map.of("#owner", IntegrationItems.OWNER, "#id", IntegrationItems.ID))
                .expressionAttributeValues(Map.of(":owner", text(IntegrationItems.ofEndpoint(endpointId)),
                        ":delivery", text(DELIVERY)))
                .scanIndexForward(false)
                .consistentRead(true)
                .limit(limit);
        after.ifPresent(id -> request.exclusiveStartKey(key(endpointId, id)));
        return AwsFailures.calling(() -> dynamo.query(request.build())).items().stream()
                .map(Deliveries::delivery).toList();
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
                Map.of(":until", text(Timestamps.text(until)), ":now", text(Timestamps.text(clock.instant()))));
    }

    /** Notes what an attempt came to, after which there is another one. */
    void postpone(Delivery delivery, String result, Instant nextAttemptAt) {
        update(delivery, "SET #attempts = :made, #result = :result, #next = :next REMOVE #claimed", "",
                Map.of("#result", RESULT, "#next", NEXT_ATTEMPT_AT, "#claimed", CLAIMED_UNTIL),
                Map.of(":made", number(delivery.attempts() + 1L), ":result", text(result),
                        ":next", text(Timestamps.text(nextAttemptAt))));
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
        item.put(NOTICE_ID, text(delivery.noticeId()));
        item.put(TYPE, text(delivery.type()));
        item.put(BODY, text(delivery.body()));
        item.put(STATUS, text(delivery.status().name()));
        item.put(ATTEMPTS, number(delivery.attempts()));
        delivery.nextAttemptAt().ifPresent(at -> item.put(NEXT_ATTEMPT_AT, text(Timestamps.text(at))));
        item.put(IntegrationItems.EXPIRES_AT, seconds(clock.instant().plus(KEPT)));
        return item;
    }

    private static Delivery delivery(Map<String, AttributeValue> item) {
        String endpoint = item.get(IntegrationItems.OWNER).s();
        return new Delivery(
                UUID.fromString(endpoint.substring(endpoint.indexOf('#') + 1)),
                UUID.fromString(item.get(IntegrationItems.ID).s().substring(DELIVERY.length())),
                item.get(NOTICE_ID).s(),
                item.get(TYPE).s(),
                item.get(BODY).s(),
                Status.valueOf(item.get(STATUS).s()),
                Integer.parseInt(item.get(ATTEMPTS).n()),
                Optional.ofNullable(item.get(RESULT)).map(AttributeValue::s),
                Optional.ofNullable(item.get(NEXT_ATTEMPT_AT)).map(at -> Instant.parse(at.s())));
    }

    private static Delivery cancelled(Delivery delivery) {
        return new Delivery(delivery.endpointId(), delivery.id(), delivery.noticeId(), delivery.type(),
                delivery.body(), Status.CANCELLED, 0, Optional.empty(), Optional.empty());
    }

    private static Map<String, AttributeValue> key(UUID endpointId, UUID id) {
        return IntegrationItems.key(IntegrationItems.ofEndpoint(endpointId), DELIVERY + id);
    }
}
