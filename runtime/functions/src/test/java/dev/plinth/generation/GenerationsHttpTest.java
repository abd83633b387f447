package dev.plinth.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Setting;
import dev.plinth.contract.StudioTable;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.aws.MortalAws;
import dev.plinth.functions.aws.Values;
import dev.plinth.generator.Snapshot;
import io.micronaut.json.tree.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people get of the routes of code generations, and what becomes of them in the functions behind. */
class GenerationsHttpTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static GenerationFunctions functions;

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private String project;
    private String schema;
    private String architecture;

    @BeforeAll
    static void start() {
        functions = new GenerationFunctions();
    }

    @AfterAll
    static void stop() {
        functions.close();
    }

    @BeforeEach
    void startProject() {
        functions.aws().live();
        project = functions.created(ada, "/api/projects", "{\"name\": \"Bookshop\"}");
        fill();
    }

    private void fill() {
        schema = functions.created(ada, "/api/projects/" + project + "/schemas", Snapshot.SCHEMA);
        architecture = functions.created(ada, "/api/projects/" + project + "/architectures", Snapshot.ARCHITECTURE);
        functions.aws().forget();
    }

    @Test
    void takesAnOrderAndSendsItToTheWorker() {
        Answer answer = order();

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        String id = text(answer.json(), "id");
        assertThat(answer.header("location")).isEqualTo("/api/code-gen/" + id);
        assertThat(text(answer.json(), "status")).isEqualTo("QUEUED");
        assertThat(text(answer.json(), "requestedBy")).isEqualTo(ada.toString());
        assertThat(text(answer.json(), "schemaId")).isEqualTo(schema);
        assertThat(functions.queued()).hasSize(1).first().asString()
                .contains("\"type\":\"generation-requested\"").contains("\"jobId\":\"" + id + "\"");
        assertThat(functions.get(ada, "/api/code-gen/" + id).json()).isEqualTo(answer.json());
        assertThat(functions.get(ada, "/api/projects/" + project + "/activity").text())
                .contains("generation.requested");
    }

    @Test
    void generatesWhatWasOrderedAndHandsItOut() throws Exception {
        String id = text(order().json(), "id");
        assertThat(functions.get(ada, "/api/code-gen/" + id + "/download-url").status()).isEqualTo(409);

        assertThat(functions.work()).isEmpty();

        JsonNode generation = functions.get(ada, "/api/code-gen/" + id).json();
        assertThat(text(generation, "status")).isEqualTo("SUCCEEDED");
        Answer download = functions.get(ada, "/api/code-gen/" + id + "/download-url?object=archive");
        assertThat(download.status()).as(download.text()).isEqualTo(200);
        assertThat(Instant.parse(text(download.json(), "expiresAt")))
                .isBetween(Instant.now().plusSeconds(280), Instant.now().plusSeconds(301));
        HttpResponse<byte[]> archive = fetch(text(download.json(), "url"));
        assertThat(archive.statusCode()).isEqualTo(200);
        assertThat(archive.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"generation-" + id + ".zip\"");
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive.body())))
                .isEqualTo(text(generation.get("archive"), "sha256"));
        assertThat(entries(archive.body())).contains("database/schema.sql");

        String diagram = text(functions.get(ada, "/api/code-gen/" + id + "/download-url?object=diagram").json(), "url");
        assertThat(new String(fetch(diagram).body(), StandardCharsets.UTF_8)).startsWith("<svg");
        assertThat(functions.aws().published()).hasSize(1);
    }

    @Test
    void bindsADownloadUrlToOneObject() throws Exception {
        String id = text(order().json(), "id");
        assertThat(functions.work()).isEmpty();
        String url = text(functions.get(ada, "/api/code-gen/" + id + "/download-url").json(), "url");

        assertThat(url).contains("X-Amz-Expires=300").contains("/archives/" + project + "/" + id + ".zip");
        assertThat(fetch(url.replace("/archives/", "/templates/").replace(".zip", ".json")).statusCode())
                .isEqualTo(403);
        assertThat(fetch(url.replace("X-Amz-Expires=300", "X-Amz-Expires=3000")).statusCode()).isEqualTo(403);
        HttpRequest write = HttpRequest.newBuilder(URI.create(url))
                .PUT(HttpRequest.BodyPublishers.ofString("mine")).build();
        assertThat(HTTP.send(write, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }

    @Test
    void generatesFromWhatTheProjectHeldWhenItWasOrdered() throws Exception {
        String id = text(order().json(), "id");
        String path = "/api/projects/" + project + "/schemas/" + schema;
        assertThat(functions.send(ada, ApiCall.of("PUT", path).json(Snapshot.SCHEMA.replace("Customer", "Buyer")))
                .status()).isEqualTo(200);
        assertThat(functions.send(ada, ApiCall.of("DELETE", "/api/projects/" + project + "/architectures/"
                + architecture)).status()).isEqualTo(204);

        assertThat(functions.work()).isEmpty();

        String url = text(functions.get(ada, "/api/code-gen/" + id + "/download-url").json(), "url");
        assertThat(new String(fetch(url).body(), StandardCharsets.ISO_8859_1))
                .contains("customer").doesNotContain("buyer");
    }

    @Test
    void answersARepeatedRequestWithTheSameGeneration() {
        Answer first = order("key-1");
        Answer second = order("key-1");

        assertThat(second.status()).isEqualTo(202);
        assertThat(text(second.json(), "id")).isEqualTo(text(first.json(), "id"));
        assertThat(first.header("idempotency-replayed")).isNull();
        assertThat(second.header("idempotency-replayed")).isEqualTo("true");
        assertThat(functions.queued()).hasSize(1);
        functions.send(ada, ApiCall.of("DELETE", "/api/projects/" + project + "/schemas/" + schema));
        assertThat(text(order("key-1").json(), "id")).as("also when the schema is gone")
                .isEqualTo(text(first.json(), "id"));
        String other = functions.created(ada, "/api/projects/" + project + "/schemas", Snapshot.SCHEMA);
        schema = other;
        assertThat(order("key-1").status()).isEqualTo(422);
    }

    @Test
    void ordersOneGenerationWhenRepeatedRequestsRace() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<String>> requests = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                requests.add(() -> text(order("race").json(), "id"));
            }
            HashSet<String> ids = new HashSet<>();
            for (Future<String> id : threads.invokeAll(requests)) {
                ids.add(id.get());
            }
            assertThat(ids).hasSize(1);
            assertThat(functions.queued()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void takesAnOrderWhileTheQueueIsDownAndHasTheRelaySendIt() {
        functions.aws().fail("SQS.SendMessage"::equals, false);
        Answer answer = order();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(functions.queued()).isEmpty();
        functions.aws().live();

        functions.relay();

        assertThat(functions.queued()).anySatisfy(message ->
                assertThat(message).contains(text(answer.json(), "id")));
        assertThat(functions.work()).isEmpty();
        assertThat(text(functions.get(ada, answer.header("location")).json(), "status")).isEqualTo("SUCCEEDED");
    }

    @Test
    void refusesWhatIsNotInTheProjectOrDoesNotFitTogether() {
        String there = schema;
        schema = UUID.randomUUID().toString();
        assertRefused(order(), "/schemaId");
        schema = there;
        architecture = UUID.randomUUID().toString();
        assertRefused(order(), "/architectureId");

        architecture = functions.created(ada, "/api/projects/" + project + "/architectures",
                Snapshot.ARCHITECTURE.replace("\"entity\": \"Order\"", "\"entity\": \"Invoice\""));
        assertRefused(order(), "/architectureId");

        assertRefused(functions.post(ada, "/api/code-gen", "{\"projectId\": \"1-2-3-4-5\"}"), "/projectId",
                "/schemaId", "/architectureId");
        assertThat(functions.queued()).isEmpty();
        assertThat(functions.aws().operations()).doesNotContain("SQS.SendMessage");
    }

    @Test
    void showsGenerationsToThoseWhoMayReadTheProjectAlone() {
        String team = functions.created(ada, "/api/teams", "{\"name\": \"Builders\"}");
        project = functions.created(ada, "/api/projects",
                "{\"name\": \"Shared\", \"teamId\": \"" + team + "\"}");
        fill();
        String id = text(order().json(), "id");
        assertThat(functions.work()).isEmpty();

        Answer stranger = functions.get(bob, "/api/code-gen/" + id);
        assertThat(stranger.status()).isEqualTo(404);
        assertThat(stranger.text()).doesNotContain(project);
        assertThat(functions.get(bob, "/api/code-gen/" + id + "/download-url").status()).isEqualTo(404);
        assertThat(functions.get(bob, "/api/code-gen?project=" + project).status()).isEqualTo(404);
        assertThat(functions.post(bob, "/api/code-gen", body()).status()).isEqualTo(404);

        functions.send(ada, ApiCall.of("PUT", "/api/teams/" + team + "/members/" + bob)
                .json("{\"role\": \"VIEWER\"}"));
        assertThat(functions.get(bob, "/api/code-gen/" + id).status()).isEqualTo(200);
        assertThat(functions.get(bob, "/api/code-gen/" + id + "/download-url").status()).isEqualTo(200);
        assertThat(functions.get(bob, "/api/code-gen?project=" + project).status()).isEqualTo(200);
        assertThat(functions.post(bob, "/api/code-gen", body()).status()).isEqualTo(403);
    }

    @Test
    void listsAProjectsGenerationsNewestFirstInPages() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, text(order().json(), "id"));
        }

        List<String> listed = new ArrayList<>();
        String next = "/api/code-gen?project=" + project + "&limit=2";
        int pages = 0;
        while (next != null) {
            Answer page = functions.get(ada, next);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            page.json().get("items").values().forEach(item -> listed.add(text(item, "id")));
            String link = page.header("link");
            next = link == null ? null : link.substring(1, link.indexOf('>'));
            pages++;
        }

        assertThat(listed).isEqualTo(ids);
        assertThat(pages).isEqualTo(3);
        assertRefusedParameter(functions.get(ada, "/api/code-gen"), "project");
        assertRefusedParameter(functions.get(ada, "/api/code-gen?project=1"), "project");
        assertRefusedParameter(functions.get(ada, "/api/code-gen/" + ids.get(0) + "/download-url?object=template"),
                "object");
    }

    @Test
    void forgetsAGenerationWhenItHasExpiredThoughItsItemIsStillThere() {
        String id = text(order().json(), "id");
        functions.table(StudioTable.CODE_GENERATIONS).dynamo().updateItem(request -> request
                .tableName(functions.table(StudioTable.CODE_GENERATIONS).name())
                .key(Map.of("jobId", Values.text(id)))
                .updateExpression("SET expiresAt = :past")
                .expressionAttributeValues(Map.of(":past", Values.number(1))));

        assertThat(functions.get(ada, "/api/code-gen/" + id).status()).isEqualTo(404);
        assertThat(functions.get(ada, "/api/code-gen?project=" + project).json().get("items").size()).isZero();
    }

    @Test
    void buriesWhatIsNoMessageOfItsQueue() {
        assertThat(functions.work("not json")).isEmpty();
        assertThat(functions.work("{\"type\": \"user-removed\"}")).isEmpty();

        assertThat(functions.aws().sent()).extracting(MortalAws.Sent::queueUrl).hasSize(2)
                .allMatch(url -> url.endsWith("/" + Setting.GENERATION_DEAD_LETTERS_URL));
        assertThat(functions.aws().sent()).extracting(sent -> sent.attributes().get("attempts"))
                .containsExactly("3", "3");
    }

    private void assertRefused(Answer answer, String... pointers) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        List<String> named = new ArrayList<>();
        answer.json().get("errors").values().forEach(error -> named.add(text(error, "pointer")));
        assertThat(named).containsExactlyInAnyOrder(pointers);
    }

    private static void assertRefusedParameter(Answer answer, String parameter) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(text(answer.json().get("errors").get(0), "parameter")).isEqualTo(parameter);
    }

    private Answer order() {
        return functions.post(ada, "/api/code-gen", body());
    }

    private Answer order(String key) {
        return functions.send(ada, ApiCall.of("POST", "/api/code-gen").json(body()).header("idempotency-key", key));
    }

    private String body() {
        return "{\"projectId\": \"" + project + "\", \"schemaId\": \"" + schema + "\", \"architectureId\": \""
                + architecture + "\"}";
    }

    private static HttpResponse<byte[]> fetch(String url) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static List<String> entries(byte[] archive) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).getStringValue();
    }
}
