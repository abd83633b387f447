package dev.plinth.functions.limits;

import dev.plinth.contract.Route;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.metrics.Metrics;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * One of several processes that make requests as one user, as fast as they can. It says {@code ready}, waits for a
 * line, and prints how many it was allowed. Arguments: endpoint, table, user, time, route, requests.
 */
public final class RacingProcess {
    private RacingProcess() {
    }

    public static void main(String[] arguments) throws Exception {
        DynamoDbClient dynamo = DynamoDbClient.builder()
                .endpointOverride(URI.create(arguments[0]))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        RateLimiter limiter = new RateLimiter(
                new DynamoRequestCounts(dynamo, arguments[1], Duration.ofSeconds(10)), new Metrics(),
                Clock.fixed(Instant.parse(arguments[3]), ZoneOffset.UTC));
        Route route = Callers.route(arguments[4]);
        limiter.prime();
        System.out.println("ready");
        if (System.in.read() < 0) {
            throw new IllegalStateException("Nobody started the race");
        }
        int admitted = 0;
        for (int i = 0; i < Integer.parseInt(arguments[5]); i++) {
            admitted += isAdmitted(limiter, UUID.fromString(arguments[2]), route) ? 1 : 0;
        }
        System.out.println("admitted " + admitted);
    }

    private static boolean isAdmitted(RateLimiter limiter, UUID user, Route route) {
        try {
            limiter.admit(Callers.user(user), route, (name, value) -> { });
            return true;
        } catch (Failure refused) {
            if (refused.kind() != Kind.TOO_MANY) {
                throw refused;
            }
            return false;
        }
    }
}
