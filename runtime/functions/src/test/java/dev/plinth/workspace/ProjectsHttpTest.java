package dev.plinth.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.contract.StudioTable;
import dev.plinth.failure.Failure;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.aws.FaultyHttp.Fault;
import dev.plinth.functions.aws.Transactions;
import dev.plinth.functions.aws.Values;
import io.micronaut.json.tree.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What people get of the routes of projects, through the handler, by events as API Gateway sends them. */
class ProjectsHttpTest {

    private static StudioFunction studio;

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();

    @BeforeAll
    static void start() {
        studio = new StudioFunction();
    }

    @AfterAll
    static void stop() {
        studio.close();
    }

    @Test
    void createsAProjectAndReadsIt() {
        Answer created = studio.post(ada, "/api/projects", "{\"name\": \"Bookshop\", \"description\": \"a\\nb\"}");

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        JsonNode project = created.json();
        assertThat(created.header("location")).isEqualTo("/api/projects/" + text(project, "id"));
        assertThat(text(project, "id")).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(text(project, "name")).isEqualTo("Bookshop");
        assertThat(text(project, "description")).isEqualTo("a\nb");
        assertThat(text(project, "ownerId")).isEqualTo(ada.toString());
        assertThat(project.get("teamId")).isNull();
        assertThat(Instant.parse(text(project, "createdAt"))).isBetween(Instant.now().minusSeconds(60), Instant.now());

        Answer read = studio.get(ada, created.header("location"));
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(project);
        assertThat(read.header("etag")).isEqualTo(created.header("etag")).isNotBlank();
        assertThat(studio.send(ada, ApiCall.of("GET", created.header("location"))
                .header("If-None-Match", created.header("etag"))).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name": ""}                          | /name
            {"name": "a\\nb"}                     | /name
            {}                                    | /name
            {"name": "a", "description": " "}     | /description
            {"name": "a", "teamId": "me"}         | /teamId
            {"name": "a", "color": "red"}         | /color""")
    void pointsAtTheFieldOfABadBody(String body, String pointer) {
        Answer answer = studio.post(ada, "/api/projects", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(StudioFunction.texts(answer.json().get("errors"), "pointer")).contains(pointer);
    }

    @Test
    void listsOnesOwnProjectsNewestFirstInPages() {
        List<String> ids = new ArrayList<>(IntStream.range(0, 5)
                .mapToObj(i -> StudioFunction.id(studio.project(ada)).toString()).toList());
        studio.project(bob);
        Collections.reverse(ids);

        assertThat(studio.all(ada, "/api/projects?limit=2", "id")).isEqualTo(ids);
        assertThat(studio.get(ada, "/api/projects?limit=5").json().get("nextCursor")).isNull();
        String cursor = text(studio.get(ada, "/api/projects?limit=2").json(), "nextCursor");
        assertThat(studio.get(bob, "/api/projects?cursor=" + cursor).status()).isEqualTo(400);
    }

    @Test
    void showsNothingOfAProjectToStrangers() {
        String project = studio.project(ada);

        assertThat(studio.get(bob, project).status()).isEqualTo(404);
        assertThat(studio.put(bob, project, "{\"name\": \"Mine\"}").status()).isEqualTo(404);
        assertThat(studio.delete(bob, project).status()).isEqualTo(404);
        assertThat(studio.get(bob, project + "/activity").status()).isEqualTo(404);
        assertThat(studio.get(bob, project + "/analytics").status()).isEqualTo(404);
        assertThat(studio.get(bob, "/api/projects/" + UUID.randomUUID()).text().replaceAll("[0-9a-f-]{36}", "?"))
                .isEqualTo(studio.get(bob, project).text().replaceAll("[0-9a-f-]{36}", "?"));
    }

    @ParameterizedTest
    @CsvSource({"VIEWER, 200, 403, 403, 403", "EDITOR, 200, 201, 403, 403", "OWNER, 200, 201, 200, 204"})
    void letsMembersOfATeamDoWhatTheirRoleSays(String role, int read, int write, int change, int delete) {
        String team = studio.created(ada, "/api/teams", "{\"name\": \"Engine room\"}");
        String project = studio.created(ada, "/api/projects", shared(team));
        assertThat(studio.get(bob, project).status()).isEqualTo(404);
        studio.put(ada, team + "/members/" + bob, "{\"role\": \"" + role + "\"}");

        assertThat(studio.get(bob, project).status()).isEqualTo(read);
        assertThat(studio.get(bob, project + "/documentation").status()).isEqualTo(read);
        assertThat(studio.post(bob, project + "/documentation", "{\"title\": \"A\", \"body\": \"\"}").status())
                .isEqualTo(write);
        assertThat(studio.put(bob, project, shared(team).replace("Bookshop", "Library")).status()).isEqualTo(change);
        assertThat(studio.delete(bob, project).status()).isEqualTo(delete);
    }

    @Test
    void forgetsAMemberWhoLeft() {
        String team = studio.created(ada, "/api/teams", "{\"name\": \"Engine room\"}");
        String project = studio.created(ada, "/api/projects", shared(team));
        studio.put(ada, team + "/members/" + bob, "{\"role\": \"EDITOR\"}");
        assertThat(studio.all(bob, "/api/projects?team=" + StudioFunction.id(team), "id"))
                .containsExactly(StudioFunction.id(project).toString());

        assertThat(studio.delete(bob, team + "/members/" + bob).status()).isEqualTo(204);

        assertThat(studio.get(bob, project).status()).isEqualTo(404);
        assertThat(studio.get(bob, "/api/projects?team=" + StudioFunction.id(team)).status()).isEqualTo(404);
    }

    @Test
    void sharesOnlyWithTeamsOfOnesOwn() {
        String team = studio.created(ada, "/api/teams", "{\"name\": \"Engine room\"}");

        Answer stranger = studio.post(bob, "/api/projects", shared(team));
        assertThat(stranger.status()).isEqualTo(400);
        assertThat(StudioFunction.texts(stranger.json().get("errors"), "pointer")).containsExactly("/teamId");
        studio.put(ada, team + "/members/" + bob, "{\"role\": \"VIEWER\"}");
        assertThat(studio.post(bob, "/api/projects", shared(team)).status()).isEqualTo(403);
        studio.put(ada, team + "/members/" + bob, "{\"role\": \"EDITOR\"}");
        String project = studio.created(bob, "/api/projects", shared(team));

        assertThat(studio.get(ada, project).status()).isEqualTo(200);
        assertThat(studio.put(bob, project, "{\"name\": \"Mine\"}").status()).isEqualTo(200);
        assertThat(studio.get(ada, project).status()).isEqualTo(404);
    }

    @Test
    void changesAProjectThatIsAsTheClientThinks() {
        Answer created = studio.post(ada, "/api/projects", "{\"name\": \"A\", \"description\": \"b\"}");
        String path = created.header("location");

        Answer changed = studio.send(ada, ApiCall.of("PUT", path).json("{\"name\": \"C\"}")
                .header("If-Match", created.header("etag")));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(text(changed.json(), "name")).isEqualTo("C");
        assertThat(changed.json().get("description")).isNull();
        assertThat(changed.header("etag")).isNotEqualTo(created.header("etag"));
        assertThat(studio.put(ada, path, "{\"name\": \"C\"}").header("etag")).isEqualTo(changed.header("etag"));

        ApiCall stale = ApiCall.of("PUT", path).json("{\"name\": \"D\"}").header("If-Match", created.header("etag"));
        assertThat(studio.send(ada, stale).status()).isEqualTo(412);
        ApiCall removal = ApiCall.of("DELETE", path).header("If-Match", created.header("etag"));
        assertThat(studio.send(ada, removal).status()).isEqualTo(412);
        assertThat(text(studio.get(ada, path).json(), "name")).isEqualTo("C");
    }

    @Test
    void holdsTheQuotaOfAPersonWhoseRequestsRace() {
        studio.project(ada);
        setCount(StudioTable.USERS, Map.of("userId", Values.text(ada)), "projects", 97);

        List<Integer> answers = IntStream.range(0, 12).parallel()
                .mapToObj(i -> studio.post(ada, "/api/projects", "{\"name\": \"A\"}")).map(Answer::status).toList();

        assertThat(answers).filteredOn(status -> status == 201).hasSize(3);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(9);
        assertThat(studio.post(ada, "/api/projects", "{\"name\": \"A\"}").text()).contains("100 projects");
        assertThat(studio.all(ada, "/api/projects", "id")).hasSize(4);
    }

    @Test
    void deletesAProjectWithAllThatIsInIt() {
        String team = studio.created(ada, "/api/teams", "{\"name\": \"Engine room\"}");
        String project = studio.created(ada, "/api/projects", shared(team));
        fill(project, 30);
        assertThat(studio.delete(ada, team).status()).isEqualTo(409);

        assertThat(studio.delete(ada, project).status()).isEqualTo(204);

        assertThat(left(project)).isEmpty();
        assertThat(studio.get(ada, project).status()).isEqualTo(404);
        assertThat(studio.get(ada, project + "/activity").status()).isEqualTo(404);
        assertThat(studio.all(ada, "/api/projects", "id")).isEmpty();
        assertThat(studio.all(ada, "/api/projects?team=" + StudioFunction.id(team), "id")).isEmpty();
        assertThat(studio.delete(ada, project).status()).isEqualTo(404);
        assertThat(studio.get(ada, "/api/profile").text()).contains("\"things\":\"projects\",\"used\":0");
        assertThat(studio.delete(ada, team).status()).isEqualTo(204);
        assertThat(mark(project).get("expiresAt")).isNotNull();
    }

    @Test
    void completesADeletionThatWasCutOffAtAnyCall() {
        int cutOff = 0;
        for (int call = 1;; call++) {
            String project = studio.project(ada);
            fill(project, 30);
            studio.http().failFrom(call, Fault.BROKEN);
            int first = studio.delete(ada, project).status();
            studio.http().recover();
            if (first == 204) {
                break;
            }
            assertThat(first).isEqualTo(503);
            cutOff++;
            assertThat(studio.delete(ada, project).status()).as("after call %d", call).isEqualTo(204);
            assertThat(left(project)).as("after call %d", call).isEmpty();
            assertThat(mark(project).get("expiresAt")).as("after call %d", call).isNotNull();
        }
        assertThat(cutOff).isGreaterThan(5);
        assertThat(studio.get(ada, "/api/profile").text()).contains("\"things\":\"projects\",\"used\":0");
    }

    @Test
    void addsNothingToAProjectWhoseDeletionHasBegun() {
        String path = studio.project(ada);
        UUID id = StudioFunction.id(path);
        ProjectWrites writes = studio.bean(ProjectWrites.class);
        Transactions transactions = studio.bean(Transactions.class);
        assertThat(transactions.write("a", List.of(writes.stillThere(id)))).isEmpty();

        assertThat(studio.delete(ada, path).status()).isEqualTo(204);

        for (var write : List.of(writes.stillThere(id), writes.use(id, ProjectQuota.SCHEMAS),
                writes.free(id, ProjectQuota.SCHEMAS), writes.deploymentStarted(id, UUID.randomUUID()))) {
            var refused = transactions.write(UUID.randomUUID().toString(), List.of(write));
            assertThat(writes.refusal(refused.orElseThrow(), 0).orElseThrow().detail())
                    .isEqualTo("The project has been deleted.");
        }
        assertThat(studio.post(ada, path + "/documentation", "{\"title\": \"A\", \"body\": \"\"}").status())
                .isEqualTo(404);
    }

    @Test
    void keepsAProjectThatIsDeployed() {
        String path = studio.project(ada);
        UUID deployment = UUID.randomUUID();
        StudioDoubles.KnownDeployments deployments = studio.bean(StudioDoubles.KnownDeployments.class);
        deployments.live.add(deployment);
        start(StudioFunction.id(path), deployment);

        Answer refused = studio.delete(ada, path);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("1 deployment that is not deleted");
        assertThat(studio.get(ada, path).status()).isEqualTo(200);

        deployments.live.remove(deployment);
        assertThat(studio.delete(ada, path).status()).isEqualTo(204);
    }

    @Test
    void seesADeploymentThatStartsWhileItsProjectIsBeingDeleted() {
        String path = studio.project(ada);
        UUID deployment = UUID.randomUUID();
        studio.bean(StudioDoubles.KnownDeployments.class).live.add(deployment);
        studio.http().interrupt("TransactWriteItems", 1, () -> start(StudioFunction.id(path), deployment));

        assertThat(studio.delete(ada, path).status()).isEqualTo(409);

        studio.http().recover();
        assertThat(studio.get(ada, path).status()).isEqualTo(200);
    }

    @Test
    void takesAnotherDeploymentOnceOneOfTwentyIsDeleted() {
        UUID project = StudioFunction.id(studio.project(ada));
        StudioDoubles.KnownDeployments deployments = studio.bean(StudioDoubles.KnownDeployments.class);
        List<UUID> ids = IntStream.range(0, 20).mapToObj(i -> UUID.randomUUID()).toList();
        deployments.live.addAll(ids);
        ids.forEach(id -> start(project, id));

        assertThatThrownBy(() -> start(project, UUID.randomUUID())).isInstanceOf(Failure.class)
                .hasMessageContaining("20 deployments that are not deleted");
        deployments.live.remove(ids.get(7));
        start(project, UUID.randomUUID());
        assertThat(mark("/" + project).get("deployments").ss()).hasSize(20).doesNotContain(ids.get(7).toString());
    }

    @Test
    void recordsWhatWasDoneAndByWhom() {
        String team = studio.created(ada, "/api/teams", "{\"name\": \"Engine room\"}");
        studio.put(ada, team + "/members/" + bob, "{\"role\": \"EDITOR\"}");
        String project = studio.created(ada, "/api/projects", shared(team));
        String document = studio.created(bob, project + "/documentation", "{\"title\": \"Why\", \"body\": \"x\"}");
        studio.put(bob, document, "{\"title\": \"Why\", \"body\": \"y\"}");
        studio.delete(ada, document);

        assertThat(studio.all(ada, project + "/activity?limit=1", "type")).containsExactly(
                "document.deleted", "document.changed", "document.created", "project.created");
        assertThat(studio.all(ada, project + "/activity", "actorId")).containsExactly(
                ada.toString(), bob.toString(), bob.toString(), ada.toString());
        assertThat(studio.all(bob, "/api/activity?limit=1", "type"))
                .containsExactly("document.changed", "document.created");
        assertThat(studio.all(ada, "/api/activity", "type")).containsExactly("document.deleted", "project.created",
                "team.member-added", "team.created");

        JsonNode analytics = studio.get(ada, project + "/analytics").json();
        assertThat(analytics.get("totals").get("documentChanges").getLongValue()).isEqualTo(3);
        assertThat(analytics.get("totals").get("projectChanges").getLongValue()).isEqualTo(1);
        assertThat(analytics.get("days").size()).isEqualTo(1);
        assertThat(studio.get(ada, project + "/analytics?from=2020-01-01&to=2020-12-31").json().get("days").size())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=today", "from=2026-02-30", "to=0000-01-01", "from=2026-02-02&to=2026-02-01",
            "from=2020-01-01&to=2021-06-01", "day=2026-01-01"})
    void refusesDaysThatAreNone(String query) {
        String project = studio.project(ada);
        assertThat(studio.get(ada, project + "/analytics?" + query).status()).isEqualTo(400);
    }

    @Test
    void refusesABodyAboveTheStudiosLimitAndSaysWhichItIs() {
        byte[] body = new byte[512 * 1024 + 1];

        Answer answer = studio.send(ada, ApiCall.of("POST", "/api/projects").json("").body(body));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(text(answer.json(), "detail")).isEqualTo("The body is larger than 512 KiB.");
        Answer smaller = studio.send(ada, ApiCall.of("POST", "/api/projects").json("").body(new byte[512 * 1024]));
        assertThat(smaller.status()).isEqualTo(400);
    }

    private void start(UUID project, UUID deployment) {
        ProjectWrites writes = studio.bean(ProjectWrites.class);
        studio.bean(Transactions.class)
                .write(deployment.toString(), List.of(writes.deploymentStarted(project, deployment)))
                .flatMap(refused -> writes.refusal(refused, 0))
                .ifPresent(failure -> {
                    throw failure;
                });
    }

    private void fill(String project, int documents) {
        IntStream.range(0, documents).parallel().forEach(i ->
                studio.created(ada, project + "/documentation", "{\"title\": \"A\", \"body\": \"b\"}"));
        studio.put(ada, project + "/settings/license", "{\"value\": \"MIT\"}");
    }

    /** Returns what is kept in a project. */
    private static List<Map<String, AttributeValue>> left(String project) {
        return List.of(StudioTable.SCHEMAS, StudioTable.ARCHITECTURES, StudioTable.DOCUMENTATION, StudioTable.SETTINGS)
                .stream()
                .flatMap(table -> studio.table(table).items().stream())
                .filter(item -> item.get("projectId").s().equals(StudioFunction.id(project).toString()))
                .toList();
    }

    private static Map<String, AttributeValue> mark(String project) {
        return studio.table(StudioTable.PROJECTS).items().stream()
                .filter(item -> item.get("projectId").s().equals(StudioFunction.id(project).toString()))
                .findFirst().orElseThrow();
    }

    private static void setCount(StudioTable table, Map<String, AttributeValue> key, String things, int count) {
        studio.table(table).dynamo().updateItem(request -> request
                .tableName(studio.table(table).name())
                .key(key)
                .updateExpression("SET #count = :count")
                .expressionAttributeNames(Map.of("#count", "count#" + things))
                .expressionAttributeValues(Map.of(":count", Values.number(count))));
    }

    private static String shared(String team) {
        return "{\"name\": \"Bookshop\", \"teamId\": \"" + StudioFunction.id(team) + "\"}";
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).getStringValue();
    }
}
