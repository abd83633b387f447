package dev.plinth.notifications;

import dev.plinth.contract.RateLimitsTable;
import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StudioTable;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.EventFunction;
import dev.plinth.functions.HttpFunction;
import dev.plinth.functions.Invocation;
import dev.plinth.functions.aws.FakeAws;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.notifications.FakeMessaging.Queued;
import dev.plinth.webhooks.Receiver;
import dev.plinth.workspace.StudioFunction;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The notifications service and the webhook worker as Lambda starts them, beside a studio with projects, on tables in
 * DynamoDB Local, with a stand-in for SNS and SQS and a receiver of webhooks.
 */
final class Notified implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.createDefault();
    private static final String QUEUE = "webhooks";
    private static final String DEAD_LETTERS = "webhooks-dead";
    private static final String DYNAMO_ENDPOINT = "aws.endpointUrlDynamoDb";
    private static final String RECEIVERS = "plinth.webhooks.receivers";

    private final StudioFunction studio = new StudioFunction();
    private final LocalTable table = new LocalTable(StudioTable.INTEGRATIONS.schema());
    private final FakeMessaging messaging = new FakeMessaging(MovableTime.CLOCK);
    private final FakeAws aws = new FakeAws(messaging);
    private final Receiver receiver = new Receiver();
    private final HttpFunction api;
    private final EventFunction worker;

    Notified() {
        System.setProperty(DYNAMO_ENDPOINT, LocalTable.endpoint().toString());
        System.setProperty(RECEIVERS, "127.0.0.1:" + receiver.port());
        api = new HttpFunction(environment(Service.NOTIFICATIONS));
        worker = new EventFunction(environment(Service.WEBHOOK_WORKER));
    }

    private Map<String, String> environment(Service service) {
        Map<String, String> environment = new HashMap<>();
        service.settings().forEach(setting -> environment.put(setting.variable(), "none"));
        for (StudioTable each : StudioTable.values()) {
            if (studio.table(each) != null && service.settings().contains(each.setting())) {
                environment.put(each.setting().variable(), studio.table(each).name());
            }
        }
        environment.put(StudioTable.INTEGRATIONS.setting().variable(), table.name());
        environment.put(Setting.NOTIFICATIONS_TOPIC_ARN.variable(), "arn:aws:sns:eu-central-1:123456789012:notices");
        environment.put(Setting.WEBHOOK_QUEUE_URL.variable(), "https://sqs.eu-central-1.amazonaws.com/1/" + QUEUE);
        if (service.settings().contains(Setting.WEBHOOK_DEAD_LETTERS_URL)) {
            environment.put(Setting.WEBHOOK_DEAD_LETTERS_URL.variable(),
                    "https://sqs.eu-central-1.amazonaws.com/1/" + DEAD_LETTERS);
        }
        if (service.settings().contains(Setting.RATE_LIMITS_TABLE_NAME)) {
            environment.put(Setting.RATE_LIMITS_TABLE_NAME.variable(), new LocalTable(RateLimitsTable.SCHEMA).name());
        }
        environment.put(Service.ENVIRONMENT_VARIABLE, service.environment() + "," + MovableTime.ENVIRONMENT);
        return environment;
    }

    Answer get(UUID user, String path) {
        return ApiCall.of("GET", path).asCustomer(user).send(api);
    }

    Answer post(UUID user, String path, String body) {
        return ApiCall.of("POST", path).asCustomer(user).json(body).send(api);
    }

    Answer send(UUID user, ApiCall call) {
        return call.asCustomer(user).send(api);
    }

    /** Subscribes, and returns what was answered. */
    Answer subscribe(UUID user, String protocol, String field, String address, String filter) {
        return post(user, "/api/notifications/subscribe/" + protocol,
                "{\"" + field + "\": \"" + address + "\", " + filter + "}");
    }

    Answer confirm(UUID user, String id, String token) {
        return post(user, "/api/notifications/confirm",
                "{\"subscriptionId\": \"" + id + "\", \"token\": \"" + token + "\"}");
    }

    Answer unsubscribe(UUID user, String id) {
        return post(user, "/api/notifications/unsubscribe", "{\"subscriptionId\": \"" + id + "\"}");
    }

    /** Subscribes the receiver with a confirmation, and returns the subscription's id. */
    String webhook(UUID user, String filter) {
        Answer answer = subscribe(user, "webhook", "url", receiver.url().toString(), filter);
        String id = text(answer, "id");
        work();
        confirm(user, id, receivedToken());
        receiver.forget();
        // What comes then is newer, whichever process makes its id.
        later(Duration.ofSeconds(1));
        return id;
    }

    String receivedToken() {
        List<Receiver.Request> requests = receiver.requests();
        try {
            return JSON.readValue(requests.get(requests.size() - 1).body(), Map.class).toString()
                    .replaceAll(".*token=([^}]*)}.*", "$1");
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    /** Starts a project of a user, and returns its id. */
    UUID project(UUID user) {
        return StudioFunction.id(studio.project(user));
    }

    /** Starts a project that a team of a user and another one shares, and returns its id. */
    UUID sharedProject(UUID owner, UUID member, String role) {
        String team = studio.created(owner, "/api/teams", "{\"name\": \"Team\"}");
        studio.put(owner, team + "/members/" + member, "{\"role\": \"" + role + "\"}");
        return StudioFunction.id(studio.created(owner, "/api/projects",
                "{\"name\": \"Shared\", \"teamId\": \"" + StudioFunction.id(team) + "\"}"));
    }

    /** Takes a project from the team that shares it. */
    void takeBack(UUID owner, UUID project) {
        int status = studio.put(owner, "/api/projects/" + project, "{\"name\": \"Mine\"}").status();
        if (status != 200) {
            throw new AssertionError(status);
        }
    }

    /** Returns a notice as the topic leaves it in the queue. */
    static String notice(String id, UUID project, String event, String outcome) {
        return "{\"id\": \"" + id + "\", \"event\": \"" + event + "\", \"project\": \"" + project + "\", \"subject\": \""
                + UUID.randomUUID() + "\", \"outcome\": \"" + outcome + "\", \"detail\": \"It <broke> & fell.\","
                + " \"at\": \"2026-03-01T12:00:00.000Z\"}";
    }

    /** Gives the worker messages, each for the first time, and returns how many went back to the queue. */
    int give(String... bodies) {
        return give(1, bodies);
    }

    int give(int receiveCount, String... bodies) {
        return Invocation.of(event(receiveCount, bodies)).failures(worker).size();
    }

    /** Has the worker handle what is in its queue and due, and what comes of that, until nothing is due. */
    void work() {
        List<Queued> due = due();
        while (!due.isEmpty()) {
            for (Queued message : due) {
                messaging.remove(message);
                if (give(message.body()) > 0) {
                    throw new AssertionError("The message went back to the queue: " + message.body());
                }
            }
            due = due();
        }
    }

    List<Queued> due() {
        return messaging.messages().stream().filter(message -> message.queue().equals(QUEUE))
                .filter(message -> !message.availableAt().isAfter(MovableTime.CLOCK.instant())).toList();
    }

    List<Queued> deadLetters() {
        return messaging.messages().stream().filter(message -> message.queue().equals(DEAD_LETTERS)).toList();
    }

    /** Forgets what was sent, and goes back to the time of day. */
    void reset() {
        messaging.forget();
        receiver.answering(Receiver.status(204));
        receiver.forget();
        MovableTime.CLOCK.advance(Duration.between(
                MovableTime.CLOCK.instant(), Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    }

    void later(Duration time) {
        MovableTime.CLOCK.advance(time);
    }

    private static String event(int receiveCount, String... bodies) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (String body : bodies) {
            records.add(Map.of("messageId", "message-" + records.size(), "receiptHandle", "handle", "body", body,
                    "attributes", Map.of("ApproximateReceiveCount", Integer.toString(receiveCount)),
                    "eventSource", "aws:sqs"));
        }
        try {
            return JSON.writeValueAsString(Map.of("Records", records));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    static String text(Answer answer, String field) {
        return answer.json().get(field) == null ? null : answer.json().get(field).getStringValue();
    }

    static String projects(UUID... projects) {
        return "\"projects\": " + List.of(projects).stream().map(id -> "\"" + id + "\"").toList();
    }

    FakeMessaging messaging() {
        return messaging;
    }

    Receiver receiver() {
        return receiver;
    }

    LocalTable table() {
        return table;
    }

    StudioFunction studio() {
        return studio;
    }

    EventFunction worker() {
        return worker;
    }

    @Override
    public void close() {
        api.close();
        worker.close();
        receiver.close();
        System.clearProperty(DYNAMO_ENDPOINT);
        System.clearProperty(RECEIVERS);
        aws.close();
        studio.close();
    }
}
