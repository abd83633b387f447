package dev.plinth.notifications;

import static dev.plinth.notifications.Notified.notice;
import static dev.plinth.notifications.Notified.projects;
import static dev.plinth.notifications.Notified.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.aws.FakeAws;
import dev.plinth.functions.logging.LogLines;
import dev.plinth.functions.time.Timestamps;
import dev.plinth.notifications.FakeMessaging.Queued;
import dev.plinth.webhooks.Receiver;
import io.micronaut.json.tree.JsonNode;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** From the notice in the queue to the receiver, through the worker as its queue starts it. */
class DeliveriesTest {
    private static final String ENDED = "generation.ended";
    private static Notified notified;

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final String noticeId = "job-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        notified = new Notified();
    }

    @AfterAll
    static void stop() {
        notified.close();
    }

    @BeforeEach
    void empty() {
        notified.reset();
    }

    @Test
    void postsANoticeThatTheReceiverCanVerify() throws Exception {
        UUID project = notified.project(ada);
        String secret = text(notified.subscribe(ada, "webhook", "url", notified.receiver().url().toString(),
                projects(project)), "secret");
        notified.work();
        String id = idOf(ada);
        notified.confirm(ada, id, notified.receivedToken());
        notified.receiver().forget();
        notified.later(Duration.ofSeconds(1));

        notified.give(notice(noticeId, project, ENDED, "FAILED"));
        notified.work();

        Receiver.Request request = onlyRequest();
        assertThat(request.headers()).containsEntry("webhook-id", noticeId);
        assertThat(request.body()).isEqualTo("{\"type\":\"generation.ended\",\"timestamp\":\"2026-03-01T12:00:00.000Z\","
                + "\"data\":{\"id\":\"" + noticeId + "\",\"project\":\"" + project + "\",\"subject\":\""
                + request.body().replaceAll(".*\"subject\":\"([^\"]*)\".*", "$1")
                + "\",\"outcome\":\"FAILED\",\"detail\":\"It <broke> & fell.\"}}");
        assertThatCode(() -> new Webhook(secret).verify(request.body(), HttpHeaders.of(request.headers().entrySet()
                .stream().collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
                (name, value) -> true))).doesNotThrowAnyException();
        assertThat(deliveries(ada, id)).containsExactly(ENDED + " SUCCEEDED 1 204", "webhook.confirmation SUCCEEDED 1 204");
    }

    @Test
    void deliversOnceHoweverOftenTheNoticeComes() {
        UUID project = notified.project(ada);
        notified.webhook(ada, projects(project));
        String notice = notice(noticeId, project, ENDED, "SUCCEEDED");

        notified.give(notice);
        notified.give(notice);
        notified.give(2, notice);
        List<Queued> twice = notified.due();
        notified.work();
        notified.give(notice);
        twice.forEach(message -> notified.give(2, message.body()));
        notified.work();

        assertThat(notified.receiver().requests()).hasSize(1);
    }

    @Test
    void deliversOnceWhenTwoWorkersHaveTheMessage() throws Exception {
        UUID project = notified.project(ada);
        notified.webhook(ada, projects(project));
        notified.give(notice(noticeId, project, ENDED, "SUCCEEDED"));
        String due = notified.due().get(0).body();

        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            workers.add(new Thread(() -> notified.give(due)));
        }
        workers.forEach(Thread::start);
        for (Thread worker : workers) {
            worker.join();
        }

        assertThat(notified.receiver().requests()).hasSize(1);
    }

    @Test
    void repeatsWithLongerAndLongerPausesAndGivesUp() {
        UUID project = notified.project(ada);
        String id = notified.webhook(ada, projects(project));
        notified.receiver().answering(Receiver.status(500));
        notified.give(notice(noticeId, project, ENDED, "SUCCEEDED"));

        List<JsonNode> lines = LogLines.of(() -> {
            notified.work();
            int made = 1;
            for (Duration pause : List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5),
                    Duration.ofMinutes(15), Duration.ofHours(1))) {
                // A little less than the shortest that the pause can be, and a little more than the longest.
                step(pause.multipliedBy(4).dividedBy(5).minusSeconds(2));
                assertThat(notified.receiver().requests()).as("before %s", pause).hasSize(made);
                step(pause.multipliedBy(2).dividedBy(5).plusSeconds(4));
                assertThat(notified.receiver().requests()).as("after %s", pause).hasSize(++made);
            }
        });
        step(Duration.ofHours(5));

        assertThat(notified.receiver().requests()).hasSize(6).extracting(request -> request.headers().get("webhook-id"))
                .containsOnly(noticeId);
        assertThat(deliveries(ada, id).get(0)).isEqualTo(ENDED + " FAILED 6 500");
        assertThat(metrics(lines)).containsExactly("DeliveriesFailed");
        assertThat(notified.deadLetters()).isEmpty();
        assertThat(notified.get(ada, subscription(id)).json().get("failedDeliveries").getIntValue()).isEqualTo(1);
    }

    @Test
    void deliversAtALaterAttemptAndForgetsTheFailures() {
        UUID project = notified.project(ada);
        String id = notified.webhook(ada, projects(project));
        fail(project, 2);
        assertThat(notified.get(ada, subscription(id)).json().get("failedDeliveries").getIntValue()).isEqualTo(2);
        notified.receiver().forget();
        notified.give(notice(noticeId, project, ENDED, "SUCCEEDED"));
        notified.work();
        notified.receiver().answering(Receiver.status(200));

        List<JsonNode> lines = LogLines.of(() -> step(Duration.ofSeconds(15)));

        assertThat(deliveries(ada, id).get(0)).isEqualTo(ENDED + " SUCCEEDED 2 200");
        assertThat(metrics(lines)).containsExactly("DeliveriesSucceeded");
        assertThat(notified.get(ada, subscription(id)).json().get("failedDeliveries").getIntValue()).isZero();
    }

    @Test
    void disablesAWebhookAfterTenDeliveriesThatFailed() {
        UUID project = notified.project(ada);
        String id = notified.webhook(ada, projects(project));

        fail(project, 9);
        assertThat(text(notified.get(ada, subscription(id)), "status")).isEqualTo("ACTIVE");
        fail(project, 1);
        assertThat(text(notified.get(ada, subscription(id)), "status")).isEqualTo("DISABLED");
        notified.receiver().forget();
        notified.give(notice(noticeId, project, ENDED, "SUCCEEDED"));
        notified.work();
        assertThat(notified.receiver().requests()).isEmpty();

        notified.receiver().answering(Receiver.status(204));
        assertThat(notified.webhook(ada, projects(project))).isEqualTo(id);
        notified.give(notice(noticeId, project, ENDED, "SUCCEEDED"));
        notified.work();
        assertThat(notified.receiver().requests()).hasSize(1);
    }

    @Test
    void disablesAWebhookThatSaysItIsGone() {
        UUID project = notified.project(ada);
        String id = notified.webhook(ada, projects(project));
        notified.receiver().answering(Receiver.status(410));

        notified.give(notice(noticeId, project, ENDED, "SUCCEEDED"));
        notified.work();
        step(Duration.ofHours(3));

        assertThat(notified.receiver().requests()).hasSize(1);
        assertThat(text(notified.get(ada, subscription(id)), "status")).isEqualTo("DISABLED");
        assertThat(deliveries(ada, id).get(0)).isEqualTo(ENDED + " FAILED 1 410");
    }

    @Test
    void tellsOnlyWhatTheFilterAsksFor() {
        UUID project = notified.project(ada);
        UUID other = notified.project(ada);
        notified.webhook(ada, projects(project) + ", \"events\": [\"deployment.ended\"], \"outcomes\": [\"FAILED\"]");

        notified.give(notice("1" + noticeId, project, "deployment.ended", "SUCCEEDED"),
                notice("2" + noticeId, project, ENDED, "FAILED"),
                notice("3" + noticeId, other, "deployment.ended", "FAILED"),
                notice("4" + noticeId, project, "deployment.ended", "FAILED"));
        notified.work();

        assertThat(onlyRequest().headers()).containsEntry("webhook-id", "4" + noticeId);
    }

    @Test
    void tellsNothingBeforeTheSubscriptionIsConfirmed() {
        UUID project = notified.project(ada);
        notified.subscribe(ada, "webhook", "url", notified.receiver().url().toString(), projects(project));
        notified.work();
        notified.receiver().forget();

        notified.give(notice(noticeId, project, ENDED, "SUCCEEDED"));
        notified.work();

        assertThat(notified.receiver().requests()).isEmpty();
    }

    @Test
    void tellsNothingAfterTheAccessIsGone() {
        UUID project = notified.sharedProject(ada, bob, "VIEWER");
        String id = notified.webhook(bob, projects(project));
        notified.receiver().answering(Receiver.status(500));
        notified.give(notice("1" + noticeId, project, ENDED, "SUCCEEDED"));
        notified.work();
        notified.receiver().forget();

        notified.takeBack(ada, project);
        notified.give(notice("2" + noticeId, project, ENDED, "SUCCEEDED"));
        step(Duration.ofHours(3));

        assertThat(notified.receiver().requests()).isEmpty();
        assertThat(notified.table().items()).filteredOn(item -> item.containsKey("noticeId")
                && item.get("noticeId").s().endsWith(noticeId)).singleElement()
                .satisfies(item -> assertThat(item.get("status").s()).isEqualTo("CANCELLED"));
        assertThat(text(notified.get(bob, subscription(id)), "status")).isEqualTo("ENDED");
    }

    @Test
    void takesTheProjectOutOfMailsWhenTheAccessIsGone() {
        UUID shared = notified.sharedProject(ada, bob, "VIEWER");
        UUID own = notified.project(bob);
        String address = bob + "@example.org";
        Answer mail = notified.subscribe(bob, "email", "email", address, projects(shared, own));
        notified.messaging().confirmByLink(address);
        String number = number();
        String sms = text(notified.subscribe(bob, "sms", "phoneNumber", number, projects(shared)), "id");
        notified.confirm(bob, sms, code(number));
        notified.takeBack(ada, shared);

        notified.give(notice(noticeId, shared, ENDED, "SUCCEEDED"));

        assertThat(notified.messaging().subscription(address).policy).isEqualTo("{\"project\":[\"" + own + "\"]}");
        assertThat(notified.messaging().subscription(number)).isNull();
        assertThat(text(notified.get(bob, subscription(sms)), "endReason")).isEqualTo("ACCESS_LOST");
        assertThat(notified.get(bob, subscription(text(mail, "id"))).json().get("projects").size()).isEqualTo(1);
    }

    @Test
    void postsToSlackInItsOwnFormAndToIntegrationsOfTheProjectAlone() {
        UUID project = notified.project(ada);
        Answer created = notified.post(ada, "/api/projects/" + project + "/integrations",
                "{\"name\": \"Builds\", \"kind\": \"WEBHOOK\", \"url\": \"" + notified.receiver().url() + "\"}");
        // No test can receive at Slack: the item is given the receiver's address, as Slack's would be.
        Map<String, AttributeValue> item = new HashMap<>(
                notified.table().items().stream().filter(one -> one.get("owner").s().equals("PROJECT#" + project))
                        .findFirst().orElseThrow());
        item.put("kind", AttributeValue.fromS("SLACK"));
        notified.table().dynamo().putItem(put -> put.tableName(notified.table().name()).item(item));

        notified.give(notice(noticeId, project, ENDED, "FAILED"),
                notice("2" + noticeId, notified.project(ada), ENDED, "FAILED"));
        notified.work();

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        Receiver.Request request = onlyRequest();
        assertThat(request.body()).startsWith("{\"text\":\"The code generation ")
                .endsWith(" of the project " + project + " failed. It &lt;broke&gt; &amp; fell.\"}");
        assertThat(request.headers()).doesNotContainKeys("webhook-id", "webhook-signature");
    }

    @Test
    void deliversToTheOthersWhenOneReceiverIsSlow() {
        UUID project = notified.project(ada);
        notified.webhook(ada, projects(project));
        String url = notified.receiver().url() + "2";
        notified.post(ada, "/api/projects/" + project + "/integrations",
                "{\"name\": \"Two\", \"kind\": \"WEBHOOK\", \"url\": \"" + url + "\"}");
        Set<String> paths = ConcurrentHashMap.newKeySet();
        notified.receiver().answering((request, output) -> {
            paths.add(request.line());
            Receiver.status(request.line().contains("hook2") ? 200 : 500).answer(request, output);
        });

        notified.give(notice(noticeId, project, ENDED, "SUCCEEDED"));
        notified.work();

        assertThat(paths).containsExactlyInAnyOrder("POST /hook HTTP/1.1", "POST /hook2 HTTP/1.1");
    }

    /** The process died after it had recorded the attempt, and before it had asked for the next one. */
    @Test
    void goesOnAfterTheProcessDiedBeforeItAskedForTheNextAttempt() {
        UUID project = notified.project(ada);
        notified.webhook(ada, projects(project));
        notified.receiver().answering(Receiver.status(500));
        notified.give(notice(noticeId, project, ENDED, "SUCCEEDED"));
        Queued due = notified.due().get(0);
        notified.messaging().remove(due);
        notified.messaging().failing(action -> action.equals("SendMessage")
                ? FakeAws.Answer.error(503, "ServiceUnavailable") : null);
        assertThat(notified.give(due.body())).as("goes back to the queue").isEqualTo(1);
        notified.messaging().failing(action -> null);
        assertThat(notified.receiver().requests()).hasSize(1);

        notified.give(2, due.body());
        assertThat(notified.receiver().requests()).as("the first attempt is not made again").hasSize(1);
        notified.receiver().answering(Receiver.status(204));
        step(Duration.ofSeconds(15));

        assertThat(notified.receiver().requests()).hasSize(2);
        assertThat(notified.due()).isEmpty();
    }

    /** The process died in the attempt: its claim is there, and what the receiver saw nobody knows. */
    @Test
    void makesTheAttemptAgainAfterTheProcessDiedInIt() {
        UUID project = notified.project(ada);
        String id = notified.webhook(ada, projects(project));
        notified.give(notice(noticeId, project, ENDED, "SUCCEEDED"));
        Queued due = notified.due().get(0);
        notified.messaging().remove(due);
        String delivery = due.body().replaceAll(".*\"deliveryId\":\"([^\"]*)\".*", "$1");
        notified.table().dynamo().updateItem(update -> update.tableName(notified.table().name())
                .key(Map.of("owner", AttributeValue.fromS("ENDPOINT#" + id),
                        "integrationId", AttributeValue.fromS(delivery)))
                .updateExpression("SET claimedUntil = :until")
                .expressionAttributeValues(Map.of(":until", AttributeValue
                        .fromS(Timestamps.text(
                                MovableTime.CLOCK.instant().plusSeconds(20))))));

        notified.give(due.body());
        notified.give(2, due.body());
        assertThat(notified.receiver().requests()).as("while the claim holds").isEmpty();
        step(Duration.ofSeconds(21));

        assertThat(notified.receiver().requests()).hasSize(1);
    }

    @Test
    void completesAFanOutThatWasCutOff() {
        UUID project = notified.project(ada);
        notified.webhook(ada, projects(project));
        String notice = notice(noticeId, project, ENDED, "SUCCEEDED");
        notified.messaging().failing(action -> action.equals("SendMessage")
                ? FakeAws.Answer.error(503, "ServiceUnavailable") : null);
        assertThat(notified.give(notice)).isEqualTo(1);
        notified.messaging().failing(action -> null);

        assertThat(notified.give(2, notice)).isZero();
        notified.work();

        assertThat(notified.receiver().requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}",
        "{\"type\": \"something-else\"}",
        "{\"type\": \"delivery-due\"}",
        "{\"type\": \"delivery-due\", \"owner\": \"USER#x\", \"endpointId\": \"x\", \"deliveryId\": \"y\", \"attempt\": 1}",
        "{\"event\": \"generation.ended\"}",
        "{\"id\": \"a b\", \"event\": \"generation.ended\"}",
        "{\"id\": \"1\", \"event\": \"moon.ended\"}",
        "[]", "nonsense"
    })
    void buriesMessagesThatMakeNoSense(String body) {
        assertThat(notified.give(body)).as("acknowledged").isZero();

        assertThat(notified.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.attributes().get("reason").get("StringValue").getStringValue()).startsWith("The ")
                    .doesNotContain("moon", "nonsense");
            assertThat(letter.attributes().get("attempts").get("StringValue").getStringValue()).isEqualTo("1");
            assertThat(letter.attributes().get("failedAt")).isNotNull();
        });
    }

    @Test
    void logsNeitherUrlsNorSecretsNorBodies() {
        UUID project = notified.project(ada);
        StringBuilder secret = new StringBuilder();
        List<String> lines = LogLines.texts(() -> {
            secret.append(text(notified.subscribe(ada, "webhook", "url", notified.receiver().url().toString(),
                    projects(project)), "secret"));
            notified.work();
            secret.append(' ').append(notified.receivedToken());
            notified.confirm(ada, idOf(ada), notified.receivedToken());
            notified.receiver().answering(Receiver.raw("nonsense\r\n\r\n"));
            notified.give(notice(noticeId, project, ENDED, "FAILED"));
            notified.work();
            notified.receiver().answering(Receiver.status(500));
            step(Duration.ofHours(2));
        });

        assertThat(lines).isNotEmpty();
        for (String hidden : List.of(secret.toString().split(" ")[0], secret.toString().split(" ")[1],
                "127.0.0.1:" + notified.receiver().port(), "whsec_", "It <broke>")) {
            assertThat(lines).as(hidden).noneMatch(line -> line.contains(hidden));
        }
    }

    private void fail(UUID project, int times) {
        notified.receiver().answering(Receiver.status(500));
        for (int i = 0; i < times; i++) {
            notified.give(notice(UUID.randomUUID().toString(), project, ENDED, "SUCCEEDED"));
            step(Duration.ZERO);
            for (int attempt = 0; attempt < 10; attempt++) {
                step(Duration.ofMinutes(15));
            }
        }
    }

    /** Moves the time on, and has the worker do what is due then. */
    private static void step(Duration time) {
        if (!time.isNegative()) {
            notified.later(time);
        }
        notified.work();
    }

    private static Receiver.Request onlyRequest() {
        assertThat(notified.receiver().requests()).hasSize(1);
        return notified.receiver().requests().get(0);
    }

    private static String subscription(String id) {
        return "/api/notifications/subscriptions/" + id;
    }

    private static String idOf(UUID user) {
        return notified.send(user, ApiCall.of("GET", "/api/notifications/subscriptions")).json().get("items").get(0)
                .get("id").getStringValue();
    }

    private static String number() {
        return "+4917" + String.format("%08d", Math.floorMod(UUID.randomUUID().getLeastSignificantBits(), 100_000_000L));
    }

    private static String code(String number) {
        List<String> texts = notified.messaging().texts();
        return texts.get(texts.size() - 1).replaceAll("\\" + number + " (\\d{6}) .*", "$1");
    }

    private static List<String> deliveries(UUID user, String id) {
        return StreamSupport.stream(notified.get(user, subscription(id) + "/deliveries").json().get("items").values()
                .spliterator(), false).map(item -> item.get("type").getStringValue() + " "
                + item.get("status").getStringValue() + " " + item.get("attempts").getIntValue() + " "
                + item.get("result").getStringValue()).toList();
    }

    private static List<String> metrics(List<JsonNode> lines) {
        return lines.stream().filter(line -> line.get("metric") != null)
                .map(line -> line.get("metric").getStringValue()).toList();
    }
}
