package dev.plinth.removals;

import dev.plinth.contract.RateLimitsTable;
import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.Beans;
import dev.plinth.functions.EventFunction;
import dev.plinth.functions.HttpFunction;
import dev.plinth.functions.Invocation;
import dev.plinth.functions.aws.FakeAws;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.aws.MortalAws;
import dev.plinth.functions.aws.SharedAws;
import dev.plinth.functions.aws.Values;
import dev.plinth.jobs.JobKind;
import dev.plinth.jobs.JobTables;
import dev.plinth.jobs.NewJob;
import dev.plinth.notifications.FakeMessaging;
import dev.plinth.workspace.ProjectWrites;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The studio, the notifications service and the worker that removes what users leave there, as Lambda starts them, each
 * with its own settings and no others, on one set of tables, with a stand-in for SNS and queues that a test reads.
 */
final class RemovalFunctions implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("([0-9]{6}) is your");
    private static final String DYNAMO_ENDPOINT = "aws.endpointUrlDynamoDb";
    private static final String RECEIVERS = "plinth.webhooks.receivers";

    /** Nobody listens there, and nobody calls it. */
    private static final String RECEIVER = "127.0.0.1:9";

    private final Map<StudioTable, LocalTable> tables = new EnumMap<>(StudioTable.class);
    private final Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final FakeMessaging messaging = new FakeMessaging(Clock.systemUTC());
    private final FakeAws sns = new FakeAws(messaging);
    private final HttpFunction studio;
    private final HttpFunction notifications;
    private final EventFunction worker;

    RemovalFunctions() {
        System.setProperty(DYNAMO_ENDPOINT, LocalTable.endpoint().toString());
        System.setProperty(RECEIVERS, RECEIVER);
        for (StudioTable table : StudioTable.values()) {
            tables.put(table, new LocalTable(table.schema()));
            values.put(table.setting(), tables.get(table).name());
        }
        values.put(Setting.RATE_LIMITS_TABLE_NAME, new LocalTable(RateLimitsTable.SCHEMA).name());
        values.put(Setting.NOTIFICATIONS_TOPIC_ARN, "arn:aws:sns:eu-central-1:123456789012:notices");
        studio = new HttpFunction(settings(Service.STUDIO));
        notifications = new HttpFunction(settings(Service.NOTIFICATIONS));
        worker = new EventFunction(settings(Service.STUDIO_WORKER));
    }

    private Map<String, String> settings(Service service) {
        Map<String, String> environment = new HashMap<>();
        service.settings().forEach(setting -> environment.put(setting.variable(),
                values.getOrDefault(setting, "https://sqs.eu-central-1.amazonaws.com/123456789012/" + setting)));
        environment.put(Service.ENVIRONMENT_VARIABLE, service.environment() + "," + SharedAws.ENVIRONMENT);
        return environment;
    }

    /** Sends a request to the service whose route it is. */
    Answer send(UUID user, ApiCall call) {
        return call.asCustomer(user).send(studio);
    }

    Answer get(UUID user, String path) {
        return send(user, ApiCall.of("GET", path));
    }

    Answer put(UUID user, String path, String body) {
        return send(user, ApiCall.of("PUT", path).json(body));
    }

    Answer delete(UUID user, String path) {
        return send(user, ApiCall.of("DELETE", path));
    }

    Answer post(UUID user, String path, String body) {
        return send(user, ApiCall.of("POST", path).json(body));
    }

    /** Creates something in the studio, and returns its path. */
    String created(UUID user, String path, String body) {
        Answer answer = post(user, path, body);
        require(201, answer);
        return answer.header("location");
    }

    String project(UUID owner) {
        return created(owner, "/api/projects", "{\"name\": \"Bookshop\"}");
    }

    String project(UUID owner, String team) {
        return created(owner, "/api/projects", "{\"name\": \"Bookshop\", \"teamId\": \"" + id(team) + "\"}");
    }

    String team(UUID creator) {
        return created(creator, "/api/teams", "{\"name\": \"Engine room\"}");
    }

    void join(UUID owner, String team, UUID member, String role) {
        require(200, put(owner, team + "/members/" + member, "{\"role\": \"" + role + "\"}"));
    }

    /** Puts one of each kind into a project. */
    void fill(UUID owner, String project) {
        created(owner, project + "/schemas", "{\"name\": \"Shop\", \"entities\": [{\"name\": \"Book\", \"fields\":"
                + " [{\"name\": \"title\", \"type\": \"STRING\"}]}]}");
        created(owner, project + "/architectures", "{\"name\": \"Shop\", \"components\":"
                + " [{\"id\": \"jobs\", \"type\": \"QUEUE\"}], \"connections\": []}");
        created(owner, project + "/documentation", "{\"title\": \"Why\", \"body\": \"Because\"}");
        require(200, put(owner, project + "/settings/license", "{\"value\": \"MIT\"}"));
    }

    /** Lets a project have a deployment whose stack is there, and returns the deployment's id. */
    UUID deploy(UUID user, String project) {
        UUID id = UUID.randomUUID();
        ProjectWrites writes = Beans.of(studio, ProjectWrites.class);
        Beans.of(studio, JobTables.class).of(JobKind.DEPLOYMENT).add(new NewJob(id, id(project), user, "SUCCEEDED",
                now(), Map.of("generationId", Values.text(UUID.randomUUID()), "endedAt", Values.text(now()))),
                List.of(writes.deploymentStarted(id(project), id)));
        return id;
    }

    /** Does what the deployment worker does at the end of a deletion. */
    void deleteStack(UUID deployment) {
        LocalTable table = table(StudioTable.DEPLOYMENTS);
        table.dynamo().updateItem(request -> request
                .tableName(table.name())
                .key(Map.of(Attributes.JOB_ID, Values.text(deployment)))
                .updateExpression("SET #status = :deleted, gone = :gone, endedAt = :now")
                .expressionAttributeNames(Map.of("#status", "status"))
                .expressionAttributeValues(Map.of(":deleted", Values.text("DELETED"), ":now", Values.text(now()),
                        ":gone", AttributeValue.fromBool(true))));
    }

    Answer subscribe(UUID user, String protocol, String field, String address, String... projects) {
        return ApiCall.of("POST", "/api/notifications/subscribe/" + protocol).asCustomer(user)
                .json("{\"" + field + "\": \"" + address + "\", \"projects\": "
                        + List.of(projects).stream().map(project -> "\"" + id(project) + "\"").toList() + "}")
                .send(notifications);
    }

    Answer subscribeMail(UUID user, String... projects) {
        return subscribe(user, "email", "email", mail(user), projects);
    }

    Answer subscribeNumber(UUID user, String... projects) {
        return subscribe(user, "sms", "phoneNumber", number(user), projects);
    }

    Answer subscribeWebhook(UUID user, String... projects) {
        return subscribe(user, "webhook", "url", "http://" + RECEIVER + "/hooks", projects);
    }

    /** Has a user told by e-mail, text and webhook, each confirmed. */
    void subscribeAll(UUID user, String... projects) {
        Answer mail = subscribeMail(user, projects);
        confirm(user, mail, messaging.subscription(mail(user)).token());
        Answer number = subscribeNumber(user, projects);
        confirm(user, number, found(CODE, messaging.texts().get(messaging.texts().size() - 1)));
        Answer webhook = subscribeWebhook(user, projects);
        confirm(user, webhook, delivered(webhook));
    }

    void confirm(UUID user, Answer subscribed, String token) {
        require(201, subscribed);
        require(200, ApiCall.of("POST", "/api/notifications/confirm").asCustomer(user)
                .json("{\"subscriptionId\": \"" + subscribed.json().get("id").getStringValue() + "\", \"token\": \""
                        + token + "\"}").send(notifications));
    }

    /** Returns the token that waits to be posted to a webhook. */
    private String delivered(Answer webhook) {
        String deliveries = "ENDPOINT#" + webhook.json().get("id").getStringValue();
        return table(StudioTable.INTEGRATIONS).items().stream()
                .filter(item -> item.get("owner").s().equals(deliveries))
                .map(item -> found(TOKEN, item.get("body").s())).findFirst().orElseThrow();
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(text);
        }
        return matcher.group(1);
    }

    static String mail(UUID user) {
        return user + "@example.org";
    }

    static String number(UUID user) {
        return "+4917" + Math.abs(user.hashCode() % 100_000_000L + 100_000_000L);
    }

    /** Gives the worker the event that a user is gone, and tells whether it is handled. */
    boolean remove(UUID user) {
        return give(event("user-removed", user.toString())).isEmpty();
    }

    /** Gives the worker a message, and returns those that go back to the queue. */
    List<String> give(String body) {
        return Invocation.ofMessages(body).failures(worker);
    }

    EventFunction worker() {
        return worker;
    }

    static String event(String type, String userId) {
        return "{\"id\": \"0195c6f4-3d80-7c3c-9a55-0a1f6f0d2b11\", \"type\": \"" + type + "\", \"userId\": \"" + userId
                + "\", \"at\": \"2026-03-01T12:00:00.000Z\"}";
    }

    /** Returns the item that a table without sort key has under a key. */
    Optional<Map<String, AttributeValue>> item(StudioTable table, UUID id) {
        return table(table).items().stream()
                .filter(item -> item.get(table.schema().key().partition()).s().equals(id.toString())).findFirst();
    }

    /** Returns the items of some tables that belong to a project. */
    List<Map<String, AttributeValue>> contents(String project) {
        return Stream.of(StudioTable.SCHEMAS, StudioTable.ARCHITECTURES, StudioTable.DOCUMENTATION,
                StudioTable.SETTINGS)
                .flatMap(table -> table(table).items().stream())
                .filter(item -> item.get(Attributes.PROJECT_ID).s().equals(id(project).toString())).toList();
    }

    /** Returns a user's role in a team; empty when they are not in it. */
    Optional<String> role(String team, UUID user) {
        return table(StudioTable.TEAMS).items().stream()
                .filter(item -> item.get("teamId").s().equals(id(team).toString())
                        && item.get("member").s().equals("USER#" + user))
                .map(item -> item.get("role").s()).findFirst();
    }

    boolean isTeam(String team) {
        return table(StudioTable.TEAMS).items().stream().anyMatch(item -> item.get("teamId").s()
                .equals(id(team).toString()) && item.get("member").s().equals("TEAM"));
    }

    /** Returns what the activity log has of something, as {@code actor type detail}, oldest first. */
    List<String> happened(String path) {
        return table(StudioTable.ACTIVITY_LOGS).items().stream()
                .filter(item -> item.get(Attributes.PROJECT_ID).s().equals(id(path).toString()))
                .sorted(Comparator.comparing(item -> item.get(Attributes.ACTIVITY_ID).s()))
                .map(RemovalFunctions::happening).toList();
    }

    static String happening(Map<String, AttributeValue> item) {
        Map<String, String> detail = new TreeMap<>();
        item.get("detail").m().forEach((name, value) -> detail.put(name, value.s()));
        return item.get(Attributes.USER_ID).s() + " " + item.get("type").s() + " " + detail;
    }

    LocalTable table(StudioTable table) {
        return tables.get(table);
    }

    FakeMessaging messaging() {
        return messaging;
    }

    MortalAws aws() {
        return SharedAws.AWS;
    }

    static UUID id(String path) {
        return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void require(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
    }

    @Override
    public void close() {
        worker.close();
        notifications.close();
        studio.close();
        System.clearProperty(DYNAMO_ENDPOINT);
        System.clearProperty(RECEIVERS);
        sns.close();
    }
}
