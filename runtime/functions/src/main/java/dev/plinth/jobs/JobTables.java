package dev.plinth.jobs;

import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Gives the jobs of a kind. A service needs the settings of those tables only that it uses. */
@Singleton
public final class JobTables {
    private final DynamoDbClient dynamo;
    private final Environment environment;
    private final JobTimes times;
    private final Clock clock;

    JobTables(DynamoDbClient dynamo, Environment environment, JobTimes times, Clock clock) {
        this.dynamo = dynamo;
        this.environment = environment;
        this.times = times;
        this.clock = clock;
    }

    public Jobs of(JobKind kind) {
        String table = environment.getRequiredProperty(kind.table().setting().property(), String.class);
        return new Jobs(dynamo, kind, table, times, clock);
    }
}
