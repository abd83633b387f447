package dev.plinth.generation;

import dev.plinth.contract.RateLimitsTable;
import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StudioTable;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.EventFunction;
import dev.plinth.functions.HttpFunction;
import dev.plinth.functions.Invocation;
import dev.plinth.functions.aws.LocalBucket;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.aws.MortalAws;
import dev.plinth.functions.aws.SharedAws;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/**
 * The functions that take part in a code generation, as Lambda starts them, each with its own settings and no others,
 * on one set of tables, a bucket, and queues and a topic that a test reads.
 */
final class GenerationFunctions implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.createDefault();

    private final Map<StudioTable, LocalTable> tables = new EnumMap<>(StudioTable.class);
    private final LocalBucket bucket = new LocalBucket();
    private final Properties before = (Properties) System.getProperties().clone();
    private final Map<String, String> values = new HashMap<>();
    private final HttpFunction studio;
    private final EventFunction worker;
    private final EventFunction relay;

    GenerationFunctions() {
        System.setProperty("aws.endpointUrlDynamoDb", LocalTable.endpoint().toString());
        System.setProperty("aws.endpointUrlS3", LocalBucket.endpoint().toString());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        // The relay looks at once, and not after half a minute.
        System.setProperty("plinth.jobs.check", "PT0S");
        for (StudioTable table : StudioTable.values()) {
            tables.put(table, new LocalTable(table.schema()));
            values.put(table.setting().variable(), tables.get(table).name());
        }
        values.put(Setting.RATE_LIMITS_TABLE_NAME.variable(), new LocalTable(RateLimitsTable.SCHEMA).name());
        values.put(Setting.ARTIFACTS_BUCKET_NAME.variable(), bucket.name());
        values.put(Setting.NOTIFICATIONS_TOPIC_ARN.variable(), "arn:aws:sns:eu-central-1:123456789012:notices");
        for (Setting queue : List.of(Setting.GENERATION_QUEUE_URL, Setting.GENERATION_DEAD_LETTERS_URL,
                Setting.DEPLOYMENT_QUEUE_URL)) {
            values.put(queue.variable(), "https://sqs.eu-central-1.amazonaws.com/123456789012/" + queue);
        }
        studio = new HttpFunction(settings(Service.STUDIO));
        worker = new EventFunction(settings(Service.GENERATION_WORKER));
        relay = new EventFunction(settings(Service.JOB_RELAY));
    }

    private Map<String, String> settings(Service service) {
        Map<String, String> environment = new HashMap<>();
        service.settings().forEach(setting -> environment.put(setting.variable(), values.get(setting.variable())));
        environment.put(Service.ENVIRONMENT_VARIABLE, service.environment() + "," + SharedAws.ENVIRONMENT);
        return environment;
    }

    ApiCall.Answer send(UUID user, ApiCall call) {
        return call.asCustomer(user).send(studio);
    }

    ApiCall.Answer get(UUID user, String path) {
        return send(user, ApiCall.of("GET", path));
    }

    ApiCall.Answer post(UUID user, String path, String body) {
        return send(user, ApiCall.of("POST", path).json(body));
    }

    /** Creates something, and returns its id. */
    String created(UUID user, String path, String body) {
        ApiCall.Answer answer = post(user, path, body);
        if (answer.status() != 201) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer.json().get("id").getStringValue();
    }

    /** Gives the worker the messages of its queue, and returns those that go back. */
    List<String> work() {
        String[] bodies = queued().toArray(String[]::new);
        aws().forget();
        return Invocation.ofMessages(bodies).failures(worker);
    }

    /** Gives the worker a message. */
    List<String> work(String body) {
        return Invocation.ofMessages(body).failures(worker);
    }

    void relay() {
        Invocation.of("{}").send(relay);
    }

    /** Returns the messages in the worker's queue. */
    List<String> queued() {
        return aws().sent().stream()
                .filter(sent -> sent.queueUrl().endsWith("/" + Setting.GENERATION_QUEUE_URL))
                .map(sent -> text(sent.body())).toList();
    }

    MortalAws aws() {
        return SharedAws.AWS;
    }

    LocalBucket bucket() {
        return bucket;
    }

    LocalTable table(StudioTable table) {
        return tables.get(table);
    }

    HttpFunction studio() {
        return studio;
    }

    private static String text(Object json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void close() {
        relay.close();
        worker.close();
        studio.close();
        System.setProperties(before);
    }
}
