package dev.plinth.jobs;

import dev.plinth.activity.RecordedActivity;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.aws.MortalAws;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.event.Message;
import dev.plinth.functions.event.TimeLeft;
import dev.plinth.functions.metrics.Metrics;
import dev.plinth.functions.time.MovableClock;
import dev.plinth.notices.Topic;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The engine of jobs of one kind on DynamoDB Local, with a clock that a test moves and calls that a test lets fail.
 * Each worker is as one of a new process.
 */
public final class Workshop {
    public static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/1/jobs";
    public static final String DEAD_LETTERS = "https://sqs.eu-central-1.amazonaws.com/1/dead-letters";

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    private final JobKind kind;
    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final MortalAws aws = new MortalAws();
    private final LocalTable table;
    private final LocalTable otherTable;
    private final RecordedActivity activity = new RecordedActivity();
    private final HandTicker ticker = new HandTicker();
    private final AtomicInteger messages = new AtomicInteger();
    private final Environment environment;

    public Workshop(JobKind kind) {
        this.kind = kind;
        this.table = new LocalTable(kind.table().schema());
        this.otherTable = new LocalTable(kind.table().schema());
        Map<String, Object> settings = new HashMap<>(Topic.SETTINGS);
        for (JobKind each : JobKind.values()) {
            settings.put(each.queue().property(), QUEUE);
            settings.put(each.deadLetters().property(), DEAD_LETTERS);
        }
        this.environment = ApplicationContext.builder()
                .propertySources(PropertySource.of("settings", settings))
                .enableDefaultPropertySources(false)
                .build().getEnvironment();
        environment.start();
    }

    public MovableClock clock() {
        return clock;
    }

    public MortalAws aws() {
        return aws;
    }

    public RecordedActivity activity() {
        return activity;
    }

    public LocalTable table() {
        return table;
    }

    /** Returns the jobs as a process has them. */
    public Jobs jobs() {
        return tables().of(kind);
    }

    public JobTables tables() {
        return new JobTables(dynamo(), names(), JobTimes.USUAL, clock);
    }

    /** Returns the client of a new process. */
    public DynamoDbClient dynamo() {
        return LocalTable.client(aws);
    }

    /** Returns the names of the tables of jobs: that of the kind, and one that stays empty. */
    public StudioTables names() {
        return named -> named == kind.table() ? table.name() : otherTable.name();
    }

    public JobQueues queues() {
        return new JobQueues(client(SqsClient.builder()).build(), environment, JsonMapper.createDefault(), clock);
    }

    /** Returns the worker of a new process. */
    JobWorker worker(JobWork work) {
        SnsClient sns = client(SnsClient.builder()).build();
        return new JobWorker(work, tables(), queues(), activity.writes(clock), Topic.of(sns, environment),
                new Metrics(), JobTimes.USUAL, ticker, clock);
    }

    /** Repeats as the function's clients do, without their pauses. */
    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B client(B client) {
        return client
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(aws)
                .overrideConfiguration(settings -> settings
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .backoffStrategy(BackoffStrategy.retryImmediately())
                                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                                .build()));
    }

    /** Gives a message that asks for a job to the worker of a new process. */
    public void deliver(JobWork work, Ask ask, UUID job, int receiveCount) {
        worker(work).handle(message(ask, job, receiveCount));
    }

    public Message message(Ask ask, UUID job, int receiveCount) {
        return message(Map.of("type", kind.type(ask), "jobId", job.toString()), receiveCount);
    }

    public Message message(Map<String, String> body, int receiveCount) {
        Map<String, JsonNode> nodes = new HashMap<>();
        body.forEach((name, value) -> nodes.put(name, JsonNode.createStringNode(value)));
        int number = messages.incrementAndGet();
        return new Message("message-" + number, "receipt-" + number, receiveCount, JsonNode.createObjectNode(nodes));
    }

    /** Runs the relay, as its schedule does. */
    public void relay() {
        new JobRelay(tables(), queues(), JobTimes.USUAL, new TimeLeft(), clock)
                .handle(JsonNode.createObjectNode(Map.of()), "request");
    }

    HandTicker ticker() {
        return ticker;
    }

    /** Adds a job, and returns its id. */
    public UUID add(UUID project, String status, Map<String, AttributeValue> attributes) {
        UUID id = UUID.randomUUID();
        jobs().add(new NewJob(id, project, UUID.randomUUID(), status, clock.instant(), attributes), List.of());
        return id;
    }

    public Job find(UUID id) {
        return jobs().find(id).orElseThrow();
    }

    /** Lets the time pass after which a lease is over, and nobody is remembered. */
    public void passLease() {
        clock.advance(JobTimes.USUAL.lease().plus(Duration.ofSeconds(1)));
    }

    /** Lets the time pass after which the relay looks at every job, whatever became of it, for the first time. */
    public void passCheck() {
        passLease();
        clock.advance(JobTimes.USUAL.check().plus(Duration.ofMinutes(1)));
    }
}
