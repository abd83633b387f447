package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A code generation ends once, with one archive and one notification, wherever its worker is killed and however often
 * its message comes. The workers of this cloud have shorter leases, so that the tests need not wait a minute for each.
 */
@Tag("laptop")
class LaptopGenerationIT {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String IMPATIENT = "-Dplinth.jobs.lease=PT3S -Dplinth.jobs.beat=PT1S -Dplinth.jobs.check=PT3S"
            + " -Dplinth.jobs.retry=PT1S";

    /** A message that is lost with its worker before it was hidden for the time of a lease comes back after that. */
    private static final int WORKER_SECONDS = 6;

    private static Laptop laptop;
    private static People people;

    private Person person;
    private Studio ada;
    private Studio.Project project;
    private String hook;

    @BeforeAll
    static void startWithImpatientWorkers(@TempDir Path directory) {
        laptop = Laptop.start("generation", Assembly.edited(directory, Map.of(
                StackId.MESSAGING.nameIn("dev"), LaptopGenerationIT::comeBackSoon,
                StackId.RUNTIME.nameIn("dev"), LaptopGenerationIT::shorten)));
        people = new People(laptop);
    }

    /** A person of one's own for each test: code generations are limited by the person and the minute. */
    @BeforeEach
    void beginProject() {
        person = people.customer();
        ada = Studio.of(person);
        project = ada.project();
        hook = ada.webhook(laptop, project);
    }

    private static void comeBackSoon(JsonNode template) {
        assertThat(resources(template, "AWS::SQS::Queue", "Generations")
                .filter(queue -> queue.has("VisibilityTimeout"))
                .map(queue -> ((ObjectNode) queue).put("VisibilityTimeout", WORKER_SECONDS))).hasSize(1);
    }

    private static Stream<JsonNode> resources(JsonNode template, String type, String name) {
        return template.path("Resources").properties().stream()
                .filter(resource -> resource.getKey().startsWith(name)
                        && resource.getValue().path("Type").asText().equals(type))
                .map(resource -> resource.getValue().path("Properties"));
    }

    private static void shorten(JsonNode template) {
        assertThat(resources(template, "AWS::Lambda::Function", "")
                .map(function -> (ObjectNode) function.path("Environment").path("Variables"))
                .filter(variables -> variables.has(Setting.STUDIO_CODE_GENERATIONS_TABLE_NAME.variable()))
                .map(variables -> variables.put("JAVA_TOOL_OPTIONS", IMPATIENT))).hasSize(3);
        assertThat(resources(template, "AWS::Lambda::Function", "generationworker")
                .map(function -> ((ObjectNode) function).put("Timeout", WORKER_SECONDS))).hasSize(1);
    }

    @AfterAll
    static void stop() {
        laptop.close();
    }

    @AfterEach
    void clearFaults() {
        laptop.clearFaults();
    }

    /**
     * The call is held, so that the worker dies at it, before or after it has taken effect. The tests of the worker
     * itself walk every call that it makes.
     */
    @ParameterizedTest
    @CsvSource({
        "*, BEFORE", "s3:PutObject, BEFORE", "s3:PutObject, AFTER", "dynamodb:TransactWriteItems, BEFORE",
        "dynamodb:TransactWriteItems, AFTER", "sns:Publish, BEFORE", "sns:Publish, AFTER"})
    void endsOnceWhenTheWorkerIsKilledAtItsCall(String operation, String moment) {
        laptop.orderFault("""
                {"operation": "%s", "caller": "/generation-worker/", "moment": "%s", "delayMillis": 60000}"""
                .formatted(operation, moment));
        String id = ada.generate(project);
        Await.until(operation + " is under way", LONGEST, () -> laptop.state().path("faults").isEmpty());

        assertThat(laptop.kill(Service.GENERATION_WORKER)).isPositive();

        assertEndedOnce(id);
    }

    @Test
    void endsOnceWhenItsMessageComesAgainAndAgain() {
        String id = ada.generate(project);
        send(id);
        send(id);
        ada.generated(id);
        send(id);

        assertEndedOnce(id);
        Await.until("the queue is empty", LONGEST, () -> laptop.messages(Service.GENERATION_WORKER) == 0);
        assertEndedOnce(id);
    }

    @Test
    void takesUpAJobWhoseMessageWasNeverSent() {
        laptop.orderFault("""
                {"operation": "sqs:SendMessage", "caller": "/studio/", "error": "InternalServerError", "status": 500,
                 "times": 3}""");
        String id = ada.generate(project);
        laptop.clearFaults();

        Await.until("the relay has sent it", LONGEST, () -> {
            laptop.fireSchedules();
            return !ada.generation(id).path("status").asText().equals("QUEUED");
        });

        assertEndedOnce(id);
    }

    @Test
    void putsWhatNobodyUnderstandsIntoTheDeadLettersWithTheReason() {
        laptop.send(queueUrl(), "{\"type\": \"generation-requested\", \"jobId\": \"" + UUID.randomUUID() + "\"}");
        laptop.send(queueUrl(), "{\"type\": \"no-such-type\"}");
        Api operator = people.operator().api();

        Await.until("both are dead", LONGEST, () -> operator.get("/api/admin/queues/generation").json()
                .path("deadLetters").asInt() == 2);

        JsonNode letters = operator.get("/api/admin/queues/generation/dead-letters").json().path("items");
        assertThat(letters).hasSize(2).allSatisfy(letter -> assertThat(letter.path("reason").asText()).isNotEmpty());
    }

    private void assertEndedOnce(String id) {
        JsonNode job = ada.generated(id);
        assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("SUCCEEDED");
        Await.until("the webhook is told of " + id, LONGEST, () -> notices(id) > 0);
        Await.until("no message is left", LONGEST, () -> laptop.messages(Service.GENERATION_WORKER) == 0
                && laptop.messages(Service.WEBHOOK_WORKER) == 0);
        assertThat(notices(id)).isEqualTo(1);
        assertThat(activities(id)).isEqualTo(1);
        assertThat(laptop.artifacts("archives/" + project.id() + "/")).filteredOn(key -> key.contains(id)).hasSize(1);
    }

    private long notices(String id) {
        return StreamSupport.stream(laptop.webhookRequests(hook).spliterator(), false)
                .map(request -> Answer.parsed(request.path("body").asText()))
                .filter(body -> body.path("type").asText().equals("generation.ended")
                        && body.path("data").path("subject").asText().equals(id)).count();
    }

    private long activities(String id) {
        JsonNode all = person.api().get("/api/projects/" + project.id() + "/activity?limit=100").json()
                .path("items");
        return StreamSupport.stream(all.spliterator(), false).filter(activity -> activity.path("subject").asText().equals(id)
                && activity.path("type").asText().equals("generation.succeeded")).count();
    }

    private static void send(String id) {
        laptop.send(queueUrl(), "{\"type\": \"generation-requested\", \"jobId\": \"" + id + "\"}");
    }

    private static String queueUrl() {
        return laptop.variables().get(Setting.GENERATION_QUEUE_URL.variable());
    }
}
