package dev.plinth.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.StudioTable;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.aws.Values;
import dev.plinth.functions.time.TimeOrderedIds;
import dev.plinth.jobs.Job;
import dev.plinth.jobs.JobKind;
import dev.plinth.jobs.JobTables;
import dev.plinth.jobs.NewJob;
import dev.plinth.workspace.StudioFunction;
import io.micronaut.json.tree.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What people get of the routes of deployments, through the handler. No worker is there, and no queue answers. */
class DeploymentsHttpTest {
    private static final String DEPLOYMENTS = "/api/deployments";

    private static StudioFunction studio;
    private static TimeOrderedIds ids;

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private UUID project;
    private UUID generation;

    @BeforeAll
    static void start() {
        studio = new StudioFunction();
        ids = studio.bean(TimeOrderedIds.class);
    }

    @AfterAll
    static void stop() {
        studio.close();
    }

    @BeforeEach
    void makeAProject() {
        project = StudioFunction.id(studio.project(ada));
        generation = job(JobKind.GENERATION, "SUCCEEDED", Map.of());
    }

    @Test
    void takesADeploymentAndShowsIt() {
        Answer taken = studio.post(ada, DEPLOYMENTS, body(project, generation));

        assertThat(taken.status()).as(taken.text()).isEqualTo(202);
        JsonNode deployment = taken.json();
        assertThat(taken.header("location")).isEqualTo(DEPLOYMENTS + "/" + text(deployment, "id"));
        assertThat(text(deployment, "status")).isEqualTo("QUEUED");
        assertThat(text(deployment, "generationId")).isEqualTo(generation.toString());
        assertThat(text(deployment, "projectId")).isEqualTo(project.toString());
        assertThat(text(deployment, "requestedBy")).isEqualTo(ada.toString());
        assertThat(deployment.get("resources").get("total").getIntValue()).isZero();
        assertThat(deployment.get("reason")).isNull();
        assertThat(studio.get(ada, taken.header("location")).json()).isEqualTo(deployment);
        assertThat(activity()).contains("deployment.requested");
    }

    @Test
    void answersARepeatedRequestWithTheSameDeployment() {
        Answer first = deploy("key-1", generation);
        Answer second = deploy("key-1", generation);

        assertThat(second.status()).as(second.text()).isEqualTo(202);
        assertThat(second.header("location")).isEqualTo(first.header("location"));
        assertThat(first.header("idempotency-replayed")).isNull();
        assertThat(second.header("idempotency-replayed")).isEqualTo("true");
        assertThat(listed()).hasSize(1);
        UUID another = job(JobKind.GENERATION, "SUCCEEDED", Map.of());
        assertThat(deploy("key-1", another).status()).isEqualTo(422);
        assertThat(deploy("key-2", another).header("location")).isNotEqualTo(first.header("location"));
        assertThat(deploy("two words", generation).status()).isEqualTo(400);
        assertThat(listed()).hasSize(2);
    }

    @Test
    void takesOneDeploymentWhenRepeatedRequestsRace() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Set<String> locations = new HashSet<>();
            Callable<Answer> request = () -> deploy("race", generation);
            for (Future<Answer> answer : threads.invokeAll(Collections.nCopies(8, request))) {
                assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(202);
                locations.add(answer.get().header("location"));
            }
            assertThat(locations).hasSize(1);
            assertThat(listed()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The queue does not answer in this test, so it is the relay that will send the message. */
    @Test
    void leavesADeploymentWhoseMessageIsNotSentToTheRelay() {
        Job job = job(StudioFunction.id(studio.post(ada, DEPLOYMENTS, body(project, generation)).header("location")));

        assertThat(job.isLive()).isTrue();
        assertThat(job.checkAt().orElseThrow()).isBefore(Instant.now().plusSeconds(60));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"projectId": "PROJECT"}                                                                  | /generationId
            {"projectId": "PROJECT", "generationId": "me"}                                            | /generationId
            {"projectId": "PROJECT", "generationId": "00000000-0000-7000-8000-000000000000"}          | /generationId
            {"generationId": "GENERATION"}                                                            | /projectId
            {"projectId": "PROJECT", "generationId": "GENERATION", "role": "arn:aws:iam::1:role/any"} | /role""")
    void pointsAtTheFieldOfABadBody(String body, String pointer) {
        Answer answer = studio.post(ada, DEPLOYMENTS,
                body.replace("PROJECT", project.toString()).replace("GENERATION", generation.toString()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(StudioFunction.texts(answer.json().get("errors"), "pointer")).containsExactly(pointer);
    }

    @Test
    void deploysNoGenerationOfAnotherProject() {
        UUID other = StudioFunction.id(studio.project(ada));

        assertThat(studio.post(ada, DEPLOYMENTS, body(other, generation)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUEUED", "RUNNING", "FAILED"})
    void deploysNothingThatWasNotGenerated(String status) {
        UUID unfinished = job(JobKind.GENERATION, status, Map.of());

        Answer answer = studio.post(ada, DEPLOYMENTS, body(project, unfinished));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(text(answer.json(), "detail")).contains(status);
    }

    @Test
    void hidesDeploymentsFromThoseWhoMayNotSeeTheProject() {
        String path = studio.post(ada, DEPLOYMENTS, body(project, generation)).header("location");

        assertThat(studio.post(bob, DEPLOYMENTS, body(project, generation)).status()).isEqualTo(404);
        assertThat(studio.get(bob, path).status()).isEqualTo(404);
        assertThat(studio.delete(bob, path).status()).isEqualTo(404);
        assertThat(studio.get(bob, DEPLOYMENTS + "?project=" + project).status()).isEqualTo(404);
        String none = DEPLOYMENTS + "/" + UUID.randomUUID();
        assertThat(text(studio.get(bob, path).json(), "detail").replaceAll("[0-9a-f-]{36}", "ID"))
                .isEqualTo(text(studio.get(bob, none).json(), "detail").replaceAll("[0-9a-f-]{36}", "ID"));
    }

    @Test
    void letsThoseWhoMayOnlyReadTheProjectReadAndNothingElse() {
        UUID team = StudioFunction.id(studio.created(ada, "/api/teams", "{\"name\": \"Books\"}"));
        assertThat(studio.put(ada, "/api/teams/" + team + "/members/" + bob, "{\"role\": \"VIEWER\"}").status())
                .isBetween(200, 204);
        project = StudioFunction.id(studio.created(ada, "/api/projects",
                "{\"name\": \"Shared\", \"teamId\": \"" + team + "\"}"));
        generation = job(JobKind.GENERATION, "SUCCEEDED", Map.of());
        String path = studio.post(ada, DEPLOYMENTS, body(project, generation)).header("location");

        assertThat(studio.get(bob, path).status()).isEqualTo(200);
        assertThat(studio.all(bob, DEPLOYMENTS + "?project=" + project, "id")).hasSize(1);
        assertThat(studio.post(bob, DEPLOYMENTS, body(project, generation)).status()).isEqualTo(403);
        assertThat(studio.delete(bob, path).status()).isEqualTo(403);
    }

    @Test
    void listsTheDeploymentsOfAProjectNewestFirstInPages() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String path = studio.post(ada, DEPLOYMENTS, body(project, generation)).header("location");
            made.add(StudioFunction.id(path).toString());
        }
        Collections.reverse(made);

        assertThat(studio.all(ada, DEPLOYMENTS + "?project=" + project + "&limit=2", "id")).isEqualTo(made);
    }

    @Test
    void listsNothingWithoutAProject() {
        Answer answer = studio.get(ada, DEPLOYMENTS);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(StudioFunction.texts(answer.json().get("errors"), "parameter")).containsExactly("project");
    }

    @Test
    void notesThatALiveDeploymentIsToBeDeleted() {
        String path = studio.post(ada, DEPLOYMENTS, body(project, generation)).header("location");

        Answer deleted = studio.delete(ada, path);
        Answer again = studio.delete(ada, path);

        assertThat(deleted.status()).as(deleted.text()).isEqualTo(202);
        assertThat(text(deleted.json(), "status")).isEqualTo("DELETING");
        assertThat(again.json()).isEqualTo(deleted.json());
        // The worker writes the status; it is what it compares.
        assertThat(job(StudioFunction.id(path)).status()).isEqualTo("QUEUED");
        assertThat(activity()).containsOnlyOnce("deployment.deletion-requested");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUCCEEDED", "FAILED", "DELETE_FAILED"})
    void takesAnEndedDeploymentUpAgainToDeleteIt(String status) {
        UUID id = ended(status, Map.of());

        Answer deleted = studio.delete(ada, DEPLOYMENTS + "/" + id);

        assertThat(deleted.status()).as(deleted.text()).isEqualTo(202);
        assertThat(text(deleted.json(), "status")).isEqualTo("DELETING");
        assertThat(job(id).isLive()).isTrue();
        assertThat(job(id).checkAt()).isPresent();
        assertThat(DeploymentItems.deployment(job(id)).deletion().orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void leavesADeletedDeploymentAsItIs() {
        UUID id = ended("DELETED", Map.of());

        Answer deleted = studio.delete(ada, DEPLOYMENTS + "/" + id);

        assertThat(deleted.status()).isEqualTo(202);
        assertThat(text(deleted.json(), "status")).isEqualTo("DELETED");
        assertThat(job(id).isLive()).isFalse();
        assertThat(activity()).doesNotContain("deployment.deletion-requested");
    }

    @Test
    void callsThoseLiveOfWhichSomethingMayBeThere() {
        UUID queued = job(JobKind.DEPLOYMENT, "QUEUED", Map.of());
        UUID succeeded = ended("SUCCEEDED", Map.of());
        UUID leftOver = ended("FAILED", Map.of());
        UUID failed = ended("FAILED", DeploymentItems.gone(Instant.now()));
        UUID deleted = ended("DELETED", DeploymentItems.gone(Instant.now()));
        UUID unknown = UUID.randomUUID();

        assertThat(studio.bean(LiveDeployments.class).live(
                Set.of(queued, succeeded, leftOver, failed, deleted, unknown)))
                .containsExactlyInAnyOrder(queued, succeeded, leftOver);
    }

    private Answer deploy(String key, UUID what) {
        return studio.send(ada, ApiCall.of("POST", DEPLOYMENTS).json(body(project, what))
                .header("idempotency-key", key));
    }

    private List<String> listed() {
        return studio.all(ada, DEPLOYMENTS + "?project=" + project, "id");
    }

    private UUID ended(String status, Map<String, AttributeValue> more) {
        Map<String, AttributeValue> attributes = new HashMap<>(more);
        attributes.put("endedAt", Values.text(Instant.now()));
        return job(JobKind.DEPLOYMENT, status, attributes);
    }

    private UUID job(JobKind kind, String status, Map<String, AttributeValue> more) {
        UUID id = ids.next();
        Map<String, AttributeValue> attributes = new HashMap<>(more);
        attributes.putAll(DeploymentItems.requested(UUID.randomUUID()));
        assertThat(studio.bean(JobTables.class).of(kind)
                .add(new NewJob(id, project, ada, status, Instant.now(), attributes), List.of())).isEmpty();
        return id;
    }

    private static Job job(UUID id) {
        return studio.bean(JobTables.class).of(JobKind.DEPLOYMENT).find(id).orElseThrow();
    }

    private List<String> activity() {
        return studio.table(StudioTable.ACTIVITY_LOGS).items().stream()
                .filter(item -> item.get("projectId").s().equals(project.toString()))
                .map(item -> item.get("type").s()).toList();
    }

    private static String body(UUID project, UUID generation) {
        return "{\"projectId\": \"" + project + "\", \"generationId\": \"" + generation + "\"}";
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).getStringValue();
    }
}
