package dev.plinth.queueadmin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Role;
import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.Await;
import dev.plinth.functions.aws.LocalSqs;
import dev.plinth.functions.logging.LogLines;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.crac.Core;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;

class QueuesHttpTest {
    private static final String QUEUES = "/api/admin/queues";
    private static final String GENERATION = QUEUES + "/generation";
    private static final String DEAD_LETTERS = GENERATION + "/dead-letters";

    private static QueueAdminFunction function;

    @BeforeAll
    static void start() {
        function = new QueueAdminFunction();
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @BeforeEach
    void empty() {
        function.empty();
    }

    @Test
    void knowsEveryQueueOfTheContract() {
        Set<Setting> known = EnumSet.noneOf(Setting.class);
        for (QueueName queue : QueueName.values()) {
            known.add(queue.url());
            known.add(queue.deadLettersUrl());
        }

        assertThat(known).containsExactlyInAnyOrderElementsOf(Arrays.stream(Setting.values())
                .filter(setting -> setting.name().matches(".*_(QUEUE|DEAD_LETTERS)_URL"))
                .collect(Collectors.toSet()));
        assertThat(Service.QUEUE_ADMIN.settings()).containsAll(known);
    }

    @Test
    void showsDepthsAndAgesOfEveryQueue() {
        send(QueueName.GENERATION, "one");
        send(QueueName.GENERATION, "two");
        LocalSqs.client().sendMessage(request -> request
                .queueUrl(function.url(QueueName.GENERATION)).messageBody("later").delaySeconds(100));
        LocalSqs.client().receiveMessage(request -> request
                .queueUrl(function.url(QueueName.GENERATION)).maxNumberOfMessages(1).visibilityTimeout(100));
        function.bury(QueueName.WEBHOOK, "{}");
        function.age(function.url(QueueName.GENERATION), 63);
        function.age(function.deadLettersUrl(QueueName.WEBHOOK), 86_400);
        function.age(function.url(QueueName.WEBHOOK), 7);

        Answer answer = get(QUEUES);

        assertThat(answer.status()).isEqualTo(200);
        List<String> queues = texts(answer.json().get("items"));
        assertThat(queues).containsExactly(
                queue("identity-events", 0, 0, 0, "", 0, ""),
                queue("todos-events", 0, 0, 0, "", 0, ""),
                queue("studio-events", 0, 0, 0, "", 0, ""),
                queue("generation", 1, 1, 1, "\"oldestAgeSeconds\":63,", 0, ""),
                queue("deployment", 0, 0, 0, "", 0, ""),
                queue("webhook", 0, 0, 0, "", 1, ",\"oldestDeadLetterAgeSeconds\":86400"));
    }

    private static String queue(
            String name, int visible, int inFlight, int delayed, String age, int dead, String deadAge) {
        return "{\"name\":\"" + name + "\",\"visible\":" + visible + ",\"inFlight\":" + inFlight + ",\"delayed\":"
                + delayed + "," + age + "\"deadLetters\":" + dead + deadAge + "}";
    }

    @Test
    void showsDepthsAlsoWhileCloudWatchDoesNotAnswer() {
        send(QueueName.GENERATION, "one");
        function.failing("GetMetricData");

        Answer answer = get(GENERATION);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("visible").getIntValue()).isEqualTo(1);
        assertThat(answer.json().get("oldestAgeSeconds")).isNull();
    }

    @Test
    void answersThatSqsIsUnavailable() {
        function.failing("AmazonSQS.GetQueueAttributes");

        assertThat(get(QUEUES).status()).isEqualTo(503);
    }

    @Test
    void readsDeadLettersAndLeavesThemWhereTheyAre() {
        String id = function.bury(QueueName.GENERATION, "{\"type\":\"nonsense\"}");
        send(QueueName.GENERATION, "killed its worker");
        receive(function.url(QueueName.GENERATION), 0);
        assertThat(receive(function.url(QueueName.GENERATION), 0)).as("a message received too often").isEmpty();

        for (int i = 0; i < 2; i++) {
            Answer answer = get(DEAD_LETTERS);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("items").size()).isEqualTo(2);
            JsonNode given = item(answer, "{\"type\":\"nonsense\"}");
            assertThat(given.get("id").getStringValue()).isEqualTo(id);
            assertThat(given.get("reason").getStringValue()).isEqualTo("unknown type");
            assertThat(given.get("attempts").getStringValue()).isEqualTo("3");
            assertThat(given.get("failedAt").getStringValue()).isEqualTo("2026-03-01T12:00:00.000Z");
            assertThat(given.get("receiveCount").getIntValue()).isEqualTo(i + 1);
            assertThat(given.get("sentAt").getStringValue()).startsWith("20");
            assertThat(given.get("bodyCut").getBooleanValue()).isFalse();
            assertThat(item(answer, "killed its worker").get("reason")).isNull();
        }
        assertThat(get(GENERATION).json().get("deadLetters").getIntValue()).isEqualTo(2);
    }

    @Test
    void showsTheBeginningOfALongBody() {
        function.bury(QueueName.GENERATION, "x".repeat(5000));

        JsonNode letter = get(DEAD_LETTERS).json().get("items").get(0);

        assertThat(letter.get("body").getStringValue()).hasSize(4096);
        assertThat(letter.get("bodyCut").getBooleanValue()).isTrue();
    }

    @Test
    void readsAsManyDeadLettersAsAreAskedFor() {
        for (int i = 0; i < 25; i++) {
            function.bury(QueueName.GENERATION, "body " + i);
        }

        assertThat(get(DEAD_LETTERS + "?limit=3").json().get("items").size()).isEqualTo(3);
        assertThat(get(DEAD_LETTERS).json().get("items").size()).isEqualTo(20);
        Set<String> bodies = Set.copyOf(bodies(get(DEAD_LETTERS + "?limit=100")));
        assertThat(bodies).hasSize(25);
    }

    @Test
    void readsDeadLettersAlsoWhenTheyCannotBeGivenBackAtOnce() {
        function.bury(QueueName.GENERATION, "body");
        function.failing("AmazonSQS.ChangeMessageVisibilityBatch");

        assertThat(bodies(get(DEAD_LETTERS))).containsExactly("body");
    }

    @Test
    void deletesOneDeadLetterAndNoOther() {
        for (int i = 0; i < 12; i++) {
            function.bury(QueueName.GENERATION, "other " + i);
        }
        String id = function.bury(QueueName.GENERATION, "this");

        assertThat(delete(id).status()).isEqualTo(204);

        assertThat(bodies(get(DEAD_LETTERS))).hasSize(12).doesNotContain("this");
        assertThat(delete(id).status()).isEqualTo(404);
        assertThat(bodies(get(DEAD_LETTERS))).hasSize(12);
    }

    @Test
    void sendsOneDeadLetterBackWithoutTheReasonOfItsDeath() {
        String id = function.bury(QueueName.GENERATION, "this");
        function.bury(QueueName.GENERATION, "other");

        assertThat(redrive("{\"id\": \"" + id + "\"}").status()).isEqualTo(202);

        assertThat(bodies(get(DEAD_LETTERS))).containsExactly("other");
        List<Message> back = receive(function.url(QueueName.GENERATION), 30);
        assertThat(back).singleElement().satisfies(message -> {
            assertThat(message.body()).isEqualTo("this");
            assertThat(message.messageAttributes()).containsOnlyKeys("trace");
        });
    }

    @Test
    void losesNoDeadLetterWhenItDiesWhileItSendsOneBack() {
        String id = function.bury(QueueName.GENERATION, "this");

        function.failing("AmazonSQS.SendMessage");
        assertThat(redrive("{\"id\": \"" + id + "\"}").status()).isEqualTo(503);
        function.failing("");
        assertThat(bodies(get(DEAD_LETTERS))).containsExactly("this");
        assertThat(receive(function.url(QueueName.GENERATION), 0)).isEmpty();

        function.failing("AmazonSQS.DeleteMessage");
        assertThat(redrive("{\"id\": \"" + id + "\"}").status()).isEqualTo(503);
        function.failing("");
        assertThat(bodies(get(DEAD_LETTERS))).containsExactly("this");
        assertThat(receive(function.url(QueueName.GENERATION), 30)).extracting(Message::body).containsExactly("this");
    }

    @Test
    void sendsAllDeadLettersBackAlsoThoseThatAWorkerBuried() {
        for (int i = 0; i < 15; i++) {
            function.bury(QueueName.DEPLOYMENT, "body " + i);
        }

        Answer answer = function.send(ApiCall.of("POST", QUEUES + "/deployment/redrive").json("{\"perSecond\": 500}"));

        assertThat(answer.status()).isEqualTo(202);
        Await.until(() -> get(QUEUES + "/deployment").json().get("visible").getIntValue() == 15);
        assertThat(get(QUEUES + "/deployment").json().get("deadLetters").getIntValue()).isZero();
        Await.until(() -> moveStatus("deployment").equals("COMPLETED"));
    }

    @Test
    void refusesToSendAllBackTwiceAtATime() {
        for (int i = 0; i < 20; i++) {
            function.bury(QueueName.TODOS_EVENTS, "body " + i);
        }
        ApiCall slowly = ApiCall.of("POST", QUEUES + "/todos-events/redrive").json("{\"perSecond\": 1}");

        assertThat(function.send(slowly).status()).isEqualTo(202);
        Answer again = function.send(slowly);

        assertThat(moveStatus("todos-events")).isEqualTo("RUNNING");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("detail").getStringValue()).contains("being sent back already");
    }

    @Test
    void refusesANameThatNoQueueHasAndSaysWhichThereAre() {
        for (ApiCall call : List.of(ApiCall.of("GET", QUEUES + "/jobs"),
                ApiCall.of("GET", QUEUES + "/jobs/dead-letters"),
                ApiCall.of("DELETE", QUEUES + "/jobs/dead-letters/x"),
                ApiCall.of("POST", QUEUES + "/jobs/redrive").json("{}"))) {
            Answer answer = function.send(call);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().get("detail").getStringValue())
                    .contains("identity-events, todos-events, studio-events, generation, deployment, webhook");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "other=1"})
    void refusesAnUnfitQuery(String query) {
        assertThat(get(DEAD_LETTERS + "?" + query).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"perSecond\": 0} | /perSecond",
            "{\"perSecond\": 501} | /perSecond",
            "{\"id\": \"x\", \"perSecond\": 5} | /perSecond",
            "{\"id\": \"\"} | /id",
            "{\"other\": 1} | /other"})
    void refusesAnUnfitBody(String body, String pointer) {
        Answer answer = redrive(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("pointer").getStringValue()).isEqualTo(pointer);
    }

    @Test
    void isForOperatorsAlone() {
        for (Role role : EnumSet.complementOf(EnumSet.of(Role.OPERATOR))) {
            assertThat(ApiCall.of("GET", QUEUES).as(UUID.randomUUID(), role).send(function.function()).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void logsWhoChangedWhat() {
        String id = function.bury(QueueName.GENERATION, "a body");

        List<String> lines = LogLines.texts(() -> delete(id));

        assertThat(lines).filteredOn(line -> line.contains("\"dead letter deleted\"")).singleElement().asString()
                .contains("\"queue\":\"generation\"", id, "\"userId\":\"57aff000-0000-4000-8000-000000000000\"");
        assertThat(String.join("\n", lines)).doesNotContain("a body");
    }

    @Test
    void hidesNoDeadLetterInTheRehearsal() throws Exception {
        function.bury(QueueName.GENERATION, "body");
        function.aws().forget();

        function.function().beforeCheckpoint(Core.getGlobalContext());

        assertThat(function.aws().requests()).isNotEmpty()
                .noneMatch(request -> request.operation().matches("AmazonSQS\\.(Receive|Send|Delete|Start).*"));
    }

    private static Answer get(String path) {
        return function.send(ApiCall.of("GET", path));
    }

    private static Answer delete(String id) {
        return function.send(ApiCall.of("DELETE", DEAD_LETTERS + "/" + id));
    }

    private static Answer redrive(String body) {
        return function.send(ApiCall.of("POST", GENERATION + "/redrive").json(body));
    }

    private static String moveStatus(String queue) {
        return get(QUEUES + "/" + queue).json().get("redrive").get("status").getStringValue();
    }

    private static void send(QueueName queue, String body) {
        LocalSqs.client().sendMessage(request -> request.queueUrl(function.url(queue)).messageBody(body));
    }

    private static List<Message> receive(String url, int visibility) {
        return LocalSqs.client().receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10)
                .visibilityTimeout(visibility).messageAttributeNames("All")).messages();
    }

    private static JsonNode item(Answer answer, String body) {
        for (JsonNode item : answer.json().get("items").values()) {
            if (item.get("body").getStringValue().equals(body)) {
                return item;
            }
        }
        throw new AssertionError("No dead letter " + body);
    }

    private static List<String> bodies(Answer answer) {
        List<String> bodies = new ArrayList<>();
        answer.json().get("items").values().forEach(item -> bodies.add(item.get("body").getStringValue()));
        return bodies;
    }

    private static List<String> texts(JsonNode items) {
        List<String> texts = new ArrayList<>();
        items.values().forEach(item -> texts.add(text(item)));
        return texts;
    }

    private static String text(JsonNode item) {
        StringBuilder text = new StringBuilder("{");
        item.entries().forEach(member -> text.append(text.length() == 1 ? "" : ",").append('"').append(member.getKey())
                .append("\":").append(member.getValue().isString()
                        ? '"' + member.getValue().getStringValue() + '"' : member.getValue().coerceStringValue()));
        return text.append('}').toString();
    }
}
