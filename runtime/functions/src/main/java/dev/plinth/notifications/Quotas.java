package dev.plinth.notifications;

import static dev.plinth.functions.aws.Values.number;
import static dev.plinth.functions.aws.Values.seconds;
import static dev.plinth.functions.aws.Values.text;

import dev.plinth.contract.StudioTable;
import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Pause;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.webhooks.IntegrationItems;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Counts what we send to addresses that nobody has confirmed yet, to the hour before now. Texts cost money, some of
 * which
 * goes to whoever owns the number; and a stranger's mailbox is not ours to fill. Thread-safe.
 */
@Singleton
@Requires(env = "notifications")
class Quotas {
    static final int FOR_AN_ADDRESS = 3;
    static final int FOR_A_USER = 10;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String SENT = "SENT#";
    private static final String SK = "SENT";
    private static final String TIMES = "times";
    private static final int ATTEMPTS = 10;

    private final DynamoDbClient dynamo;
    private final String table;
    private final Clock clock;

    Quotas(DynamoDbClient dynamo, StudioTables tables, Clock clock) {
        this.dynamo = dynamo;
        this.table = tables.nameOf(StudioTable.INTEGRATIONS);
        this.clock = clock;
    }

    /**
     * Counts one more that a user has sent to an address.
     *
     * @throws Failure TOO_MANY when that is too many, either by this user or to this address
     */
    void take(UUID user, Protocol protocol, String address) {
        take(user.toString(), FOR_A_USER);
        take(Subscriptions.hash(protocol, address), FOR_AN_ADDRESS);
    }

    private void take(String whose, int most) {
        Map<String, AttributeValue> key = IntegrationItems.key(SENT + whose, SK);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Map<String, AttributeValue> before = AwsFailures.calling(() -> dynamo.getItem(request -> request
                    .tableName(table).key(key).consistentRead(true))).item();
            if (add(key, before, most)) {
                return;
            }
            Pause.after(attempt);
        }
        throw Subscriptions.contended();
    }

    private boolean add(Map<String, AttributeValue> key, Map<String, AttributeValue> before, int most) {
        Instant now = clock.instant();
        List<Instant> times = new ArrayList<>(times(before).stream()
                .filter(time -> time.plus(HOUR).isAfter(now)).toList());
        if (times.size() >= most) {
            throw Failure.tooMany("Too many messages to confirm an address were asked for. Try again later.",
                    Duration.between(now, times.get(0).plus(HOUR)));
        }
        times.add(now);
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.put(TIMES, AttributeValue.fromL(times.stream().map(time -> number(time.toEpochMilli())).toList()));
        item.put(IntegrationItems.REVISION, text(UUID.randomUUID()));
        item.put(IntegrationItems.EXPIRES_AT, seconds(now.plus(HOUR).plus(HOUR)));
        PutItemRequest.Builder put = PutItemRequest.builder().tableName(table).item(item)
                .expressionAttributeNames(Map.of("#revision", IntegrationItems.REVISION));
        if (before.isEmpty()) {
            put.conditionExpression("attribute_not_exists(#revision)");
        } else {
            put.conditionExpression("#revision = :seen")
                    .expressionAttributeValues(Map.of(":seen", before.get(IntegrationItems.REVISION)));
        }
        try {
            AwsFailures.calling(() -> dynamo.putItem(put.build()));
            return true;
        } catch (ConditionalCheckFailedException changed) {
            return false;
        }
    }

    private static List<Instant> times(Map<String, AttributeValue> item) {
        return item.isEmpty() ? List.of()
                : item.get(TIMES).l().stream().map(time -> Instant.ofEpochMilli(Long.parseLong(time.n()))).toList();
    }
}
