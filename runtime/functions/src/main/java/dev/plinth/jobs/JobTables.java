package dev.plinth.jobs;

import dev.plinth.functions.aws.StudioTables;
import jakarta.inject.Singleton;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Gives the jobs of a kind. A service needs the settings of those tables only that it uses. */
@Singleton
public final class JobTables {
    private final DynamoDbClient dynamo;
    private final StudioTables names;
    private final JobTimes times;
    private final Clock clock;

    JobTables(DynamoDbClient dynamo, StudioTables names, JobTimes times, Clock clock) {
        this.dynamo = dynamo;
        this.names = names;
        this.times = times;
        this.clock = clock;
    }

    public Jobs of(JobKind kind) {
        return new Jobs(dynamo, kind, names.nameOf(kind.table()), times, clock);
    }

    /** Returns the idempotency keys with which jobs of a kind were asked for. */
    public JobKeys keysOf(JobKind kind) {
        return new JobKeys(dynamo, names.nameOf(kind.table()));
    }
}
