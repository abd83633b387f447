package dev.plinth.jobs;

import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.Values;
import dev.plinth.functions.idempotency.KeyUse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The idempotency keys with which people asked for jobs: {@code KEY#<user id>#<key>}, in the table of the jobs and in
 * none of its indexes. Safe for use by several threads.
 */
public final class JobKeys {
    private static final String FINGERPRINT = "fingerprint";
    private static final String CREATED = "created";
    private static final String USED_AT = "usedAt";

    private final DynamoDbClient dynamo;
    private final String table;

    JobKeys(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /** Returns the use of a key by a user, with the id of the job that it asked for; empty once it is not valid. */
    public Optional<KeyUse<UUID>> find(UUID user, String key, Instant now) {
        GetItemRequest request =
                GetItemRequest.builder().tableName(table).key(id(user, key)).consistentRead(true).build();
        GetItemResponse response = AwsFailures.calling(() -> dynamo.getItem(request));
        return response.hasItem() ? use(key, response.item(), now) : Optional.empty();
    }

    /** Returns the write that notes a use, and fails the transaction of its job while there is an earlier one. */
    public TransactWriteItem claim(UUID user, KeyUse<UUID> use) {
        return TransactWriteItem.builder().put(Put.builder()
                .tableName(table)
                .item(Map.of(Attributes.JOB_ID, id(user, use.key()).get(Attributes.JOB_ID),
                        FINGERPRINT, Values.text(use.fingerprint()),
                        CREATED, Values.text(use.created()),
                        USED_AT, Values.text(use.usedAt()),
                        Attributes.EXPIRES_AT, Values.seconds(use.expiresAt())))
                // TTL removes an expired item some time later, up to days.
                .conditionExpression("attribute_not_exists(#id) OR #expiresAt <= :now")
                .expressionAttributeNames(Map.of("#id", Attributes.JOB_ID, "#expiresAt", Attributes.EXPIRES_AT))
                .expressionAttributeValues(Map.of(":now", Values.seconds(use.usedAt())))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build()).build();
    }

    /** Returns the earlier use that the write at {@code action} has met; empty when it was not what was refused. */
    public Optional<KeyUse<UUID>> earlier(Cancellation refused, int action, KeyUse<UUID> use) {
        return refused.itemAgainst(action).flatMap(item -> use(use.key(), item, use.usedAt()));
    }

    private static Map<String, AttributeValue> id(UUID user, String key) {
        return Map.of(Attributes.JOB_ID, Values.text("KEY#" + user + "#" + key));
    }

    private static Optional<KeyUse<UUID>> use(String key, Map<String, AttributeValue> item, Instant now) {
        return Values.isExpired(item, Attributes.EXPIRES_AT, now) ? Optional.empty()
                : Optional.of(new KeyUse<>(key, item.get(FINGERPRINT).s(),
                        Values.id(item, CREATED).orElseThrow(), Values.time(item, USED_AT)));
    }
}
