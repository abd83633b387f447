package dev.plinth.functions.limits;

import dev.plinth.contract.Setting;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Factory
@Requires(env = EndlessCounts.PATIENT)
final class PatientCounts {
    @Singleton
    @Requires(condition = CountsRequests.class)
    @Replaces(DynamoRequestCounts.class)
    RequestCounts counts(DynamoDbClient dynamo, Environment environment) {
        return new DynamoRequestCounts(dynamo,
                environment.getRequiredProperty(Setting.RATE_LIMITS_TABLE_NAME.property(), String.class),
                Duration.ofSeconds(10));
    }
}
