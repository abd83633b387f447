package dev.plinth.functions.limits;

import dev.failsafe.CircuitBreaker;
import dev.plinth.contract.RateLimits;
import dev.plinth.contract.RateLimitsTable;
import dev.plinth.contract.Route;
import dev.plinth.contract.Setting;
import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.AwsClients;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Counts in the table of {@link RateLimitsTable}: an item for each caller and window, with an attribute for all
 * requests and one for each route. One conditional update reads, decides and counts; DynamoDB carries out the updates
 * of an item one after the other, so racing processes together admit exactly the limit.
 *
 * <p>After some calls without an answer it asks no more for a while, so that an outage costs a request no wait. An
 * answer that says no, for instance that this item is written too fast, costs no wait, and stops nobody else.
 */
@Singleton
@Requires(condition = CountsRequests.class)
final class DynamoRequestCounts implements RequestCounts {
    /** What all requests of a caller are counted in. */
    static final String ALL = "all";

    /** What a request waits for its count at most; in one region an answer takes a few milliseconds. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** How much longer the first one waits, which has to get credentials and a connection, with code that is cold. */
    private static final int FIRST = 4;

    private static final int SILENCES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration SHORTEST_RETRY_AFTER = Duration.ofSeconds(1);

    /** How long an item outlives its window: longer than the clocks of two processes differ. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final String COUNT = "SET #expires = :expires ADD #all :one, #route :one";
    private static final String WITHIN_LIMITS = "(attribute_not_exists(#all) OR #all < :ofCaller)"
            + " AND (attribute_not_exists(#route) OR #route < :ofRoute)";

    /** Does not hold for an item that is not there, and so writes none. */
    private static final String NEVER = WITHIN_LIMITS + " AND attribute_exists(#expires)";

    private static final Window NO_WINDOW = new Window(0);

    private final DynamoDbClient dynamo;
    private final String table;
    private final AwsRequestOverrideConfiguration usual;
    private final AwsRequestOverrideConfiguration first;
    private final CircuitBreaker<Object> breaker = CircuitBreaker.builder()
            .withFailureThreshold(SILENCES)
            .withDelay(PAUSE)
            .build();
    private volatile boolean asked;

    @Inject
    DynamoRequestCounts(@Named(AwsClients.ONE_ATTEMPT) DynamoDbClient dynamo, Environment environment) {
        this(dynamo, environment.getRequiredProperty(Setting.RATE_LIMITS_TABLE_NAME.property(), String.class),
                PATIENCE);
    }

    /** @param patience how long a request waits for its count */
    DynamoRequestCounts(DynamoDbClient dynamo, String table, Duration patience) {
        this.dynamo = dynamo;
        this.table = table;
        this.usual = waiting(patience);
        this.first = waiting(patience.multipliedBy(FIRST));
    }

    private static AwsRequestOverrideConfiguration waiting(Duration time) {
        return AwsRequestOverrideConfiguration.builder().apiCallTimeout(time).apiCallAttemptTimeout(time).build();
    }

    @Override
    public Count add(String caller, Window window, Route route) {
        if (!breaker.tryAcquirePermit()) {
            throw unavailable(null);
        }
        AwsRequestOverrideConfiguration patience = asked ? usual : first;
        asked = true;
        try {
            Count count = update(caller, window, route, WITHIN_LIMITS, patience);
            breaker.recordSuccess();
            return count;
        } catch (SdkServiceException answer) {
            breaker.recordSuccess();
            throw unavailable(answer);
        } catch (SdkException silence) {
            breaker.recordFailure();
            throw unavailable(silence);
        } catch (RuntimeException other) {
            breaker.recordSuccess();
            throw other;
        }
    }

    /** Not by {@link #add}: what was true before a checkpoint says nothing of the time after it. */
    @Override
    public void prime() {
        update("PRIMING", NO_WINDOW, Route.open("GET /"), NEVER, first);
    }

    private Count update(String caller, Window window, Route route, String condition,
                         AwsRequestOverrideConfiguration patience) {
        String name = attribute(route);
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(Map.of(RateLimitsTable.CALLER_WINDOW, AttributeValue.fromS(caller + "#" + window.number())))
                .updateExpression(COUNT)
                .conditionExpression(condition)
                .expressionAttributeNames(Map.of(
                        "#all", ALL, "#route", name, "#expires", RateLimitsTable.EXPIRES_AT))
                .expressionAttributeValues(Map.of(
                        ":one", number(1),
                        ":expires", number(window.end().plus(GRACE).getEpochSecond()),
                        ":ofCaller", number(RateLimits.OF_CALLER),
                        ":ofRoute", number(RateLimits.of(route))))
                .returnValues(ReturnValue.UPDATED_NEW)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .overrideConfiguration(patience)
                .build();
        try {
            return count(true, dynamo.updateItem(request).attributes(), name);
        } catch (ConditionalCheckFailedException refused) {
            return count(false, refused.hasItem() ? refused.item() : Map.of(), name);
        }
    }

    /**
     * Returns the attribute that counts a route: short and of a fixed length, so that the item of a caller who uses
     * every route stays below the kilobyte that one write unit pays for.
     */
    static String attribute(Route route) {
        return Integer.toHexString(route.key().hashCode() >>> Byte.SIZE);
    }

    private static Count count(boolean admitted, Map<String, AttributeValue> item, String name) {
        return new Count(admitted, number(item.get(ALL)), number(item.get(name)));
    }

    private static long number(AttributeValue value) {
        return value == null ? 0 : Long.parseLong(value.n());
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private Failure unavailable(SdkException cause) {
        Duration left = breaker.getRemainingDelay();
        return Failure.unavailable("The service cannot tell how often you have asked. Try again later.",
                left.compareTo(SHORTEST_RETRY_AFTER) < 0 ? SHORTEST_RETRY_AFTER : left, cause);
    }
}
