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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A code generation ends once, with one archive and one notification, wherever its worker is killed and however often
 * its message comes. The workers of this cloud have shorter leases, so that the tests need not wait a minute for each.
 */
@Tag("laptop")
class LaptopGenerationIT {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String IMPATIENT = "-Dplinth.jobs.lease=PT3S -Dplinth.jobs.beat=PT1S -Dplinth.jobs.check=PT3S"
            + " -Dplinth.jobs.retry=PT1S";

    /** The calls of a worker for one job, counted by {@link #makesNoMoreCallsThanAreWalked}. */
    private static final int CALLS = 10;

    private static Laptop laptop;
    private static Person person;
    private static Studio ada;
    private static Studio.Project project;
    private static String hook;

    @BeforeAll
    static void startWithImpatientWorkers(@TempDir Path directory) {
        laptop = Laptop.start("generation", Assembly.edited(directory, Map.of(
                StackId.RUNTIME.nameIn("dev"), LaptopGenerationIT::shorten)));
        person = new People(laptop).customer();
        ada = Studio.of(person);
        project = ada.project();
        hook = ada.webhook(laptop, project);
        ada.generated(ada.generate(project));
    }

    private static void shorten(JsonNode template) {
        long set = template.path("Resources").properties().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals("AWS::Lambda::Function"))
                .map(resource -> (ObjectNode) resource.getValue().path("Properties").path("Environment").path("Variables"))
                .filter(variables -> variables.has(Setting.STUDIO_CODE_GENERATIONS_TABLE_NAME.variable()))
                .map(variables -> variables.put("JAVA_TOOL_OPTIONS", IMPATIENT)).count();
        assertThat(set).as("functions with jobs").isEqualTo(3);
    }

    @AfterAll
    static void stop() {
        laptop.close();
    }

    @AfterEach
    void clearFaults() {
        laptop.clearFaults();
    }

    static Stream<Arguments> moments() {
        return IntStream.range(0, CALLS).boxed().flatMap(call -> Stream.of("BEFORE", "AFTER")
                .map(moment -> Arguments.of(call, moment)));
    }

    /** The call is held, so that the worker dies at it: before or after it has taken effect. */
    @ParameterizedTest
    @MethodSource("moments")
    void endsOnceWhenTheWorkerIsKilledAtItsCall(int call, String moment) {
        laptop.orderFault("""
                {"operation": "*", "caller": "generation-worker", "moment": "%s", "skip": %d, "delayMillis": 60000}"""
                .formatted(moment, call));
        String id = ada.generate(project);
        Await.until("call " + call + " is under way", LONGEST, () -> laptop.state().path("faults").isEmpty());

        assertThat(laptop.kill(Service.GENERATION_WORKER)).isPositive();

        assertEndedOnce(id);
    }

    @Test
    void makesNoMoreCallsThanAreWalked() {
        String id = ada.generate(project);
        ada.generated(id);
        Await.until("the webhook is told", LONGEST, () -> notices(id) == 1);

        laptop.orderFault("""
                {"operation": "*", "caller": "generation-worker", "skip": %d, "error": "InternalServerError",
                 "status": 500}""".formatted(CALLS));
        String other = ada.generate(project);
        assertThat(ada.generated(other).path("status").asText()).isEqualTo("SUCCEEDED");
        Await.until("the webhook is told", LONGEST, () -> notices(other) == 1);
        assertThat(laptop.state().path("faults")).hasSize(1);
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
        Api operator = new People(laptop).operator().api();

        Await.until("both are dead", LONGEST, () -> operator.get("/api/admin/queues/generation").json()
                .path("deadLetters").asInt() == 2);

        JsonNode letters = operator.get("/api/admin/queues/generation/dead-letters").json().path("items");
        assertThat(letters).hasSize(2).allSatisfy(letter -> assertThat(letter.path("reason").asText()).isNotEmpty());
    }

    private static void assertEndedOnce(String id) {
        JsonNode job = ada.generated(id);
        assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("SUCCEEDED");
        Await.until("the webhook is told of " + id, LONGEST, () -> notices(id) > 0);
        Await.until("no message is left", LONGEST, () -> laptop.messages(Service.GENERATION_WORKER) == 0
                && laptop.messages(Service.WEBHOOK_WORKER) == 0);
        assertThat(notices(id)).isEqualTo(1);
        assertThat(activities(id)).isEqualTo(1);
        assertThat(laptop.artifacts("archives/" + project.id() + "/")).filteredOn(key -> key.contains(id)).hasSize(1);
    }

    private static long notices(String id) {
        return StreamSupport.stream(laptop.webhookRequests(hook).spliterator(), false)
                .map(request -> Answer.parsed(request.path("body").asText()))
                .filter(body -> body.path("type").asText().equals("generation.ended")
                        && body.path("data").path("subject").asText().equals(id)).count();
    }

    private static long activities(String id) {
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
