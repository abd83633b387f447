package dev.plinth.contents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.StudioTable;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.aws.FaultyHttp.Fault;
import dev.plinth.model.ArchitectureDefinition;
import dev.plinth.model.SchemaDefinition;
import dev.plinth.workspace.StudioFunction;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get of the routes of what is in a project, through the handler, by events as API Gateway sends them. */
class ContentsHttpTest {

    private static final String SCHEMA = """
            {"name": "Shop", "description": "What a shop keeps", "entities": [
              {"name": "Customer", "fields": [{"name": "email", "type": "STRING", "required": true, "unique": true}],
               "relations": []},
              {"name": "Order", "fields": [{"name": "total", "type": "DECIMAL", "precision": 12, "scale": 2},
                {"name": "state", "type": "ENUM", "values": ["OPEN", "SHIPPED"]}],
               "relations": [{"name": "customer", "kind": "MANY_TO_ONE", "target": "Customer", "required": true}]}]}""";
    private static final String ARCHITECTURE = """
            {"name": "Shop on AWS", "components": [
              {"id": "orders", "type": "TABLE", "entity": "Order"}, {"id": "jobs", "type": "QUEUE"},
              {"id": "events", "type": "TOPIC"}],
             "connections": [{"from": "events", "to": "jobs", "label": "tells"}]}""";
    private static final String DOCUMENT = "{\"title\": \"Why\", \"body\": \"# Why\\r\\n\\n\\tbecause\"}";

    private static StudioFunction studio;

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private String project;

    @BeforeAll
    static void start() {
        studio = new StudioFunction();
    }

    @AfterAll
    static void stop() {
        studio.close();
    }

    @BeforeEach
    void startProject() {
        project = studio.project(ada);
    }

    @ParameterizedTest
    @ValueSource(strings = {"schemas", "architectures", "documentation"})
    void createsReadsChangesAndDeletes(String kind) {
        Answer created = studio.post(ada, project + "/" + kind, example(kind));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String path = created.header("location");
        assertThat(path).isEqualTo(project + "/" + kind + "/" + text(created.json(), "id"));
        assertThat(text(created.json(), "projectId")).isEqualTo(StudioFunction.id(project).toString());
        assertThat(text(created.json(), "createdAt")).isEqualTo(text(created.json(), "updatedAt"));

        Answer read = studio.get(ada, path);
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.header("etag")).isEqualTo(created.header("etag"));
        assertThat(studio.send(ada, ApiCall.of("GET", path).header("If-None-Match", read.header("etag"))).status())
                .isEqualTo(304);

        // What is read can be sent back, and changes nothing.
        assertThat(studio.put(ada, path, read.text()).header("etag")).isEqualTo(read.header("etag"));

        Answer changed = studio.put(ada, path, example(kind).replace("Shop", "Store").replace("Why", "How"));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.header("etag")).isNotEqualTo(read.header("etag"));
        assertThat(studio.get(ada, path).json()).isEqualTo(changed.json());
        ApiCall stale = ApiCall.of("PUT", path).json(example(kind)).header("If-Match", read.header("etag"));
        assertThat(studio.send(ada, stale).status()).isEqualTo(412);
        assertThat(studio.send(ada, ApiCall.of("DELETE", path).header("If-Match", read.header("etag"))).status())
                .isEqualTo(412);

        assertThat(studio.delete(ada, path).status()).isEqualTo(204);
        assertThat(studio.get(ada, path).status()).isEqualTo(404);
        assertThat(studio.delete(ada, path).status()).isEqualTo(404);
        assertThat(studio.put(ada, path, example(kind)).status()).isEqualTo(404);
    }

    @Test
    void givesASchemaBackAsItWasWritten() {
        String path = studio.created(ada, project + "/schemas", SCHEMA);
        JsonNode schema = studio.get(ada, path).json();

        assertThat(text(schema, "description")).isEqualTo("What a shop keeps");
        assertThat(StudioFunction.texts(schema.get("entities"), "name")).containsExactly("Customer", "Order");
        assertThat(schema.get("entities").get(1).get("fields").get(0).get("precision").getIntValue()).isEqualTo(12);
        assertThat(schema.get("entities").get(1).get("relations").get(0).get("target").getStringValue())
                .isEqualTo("Customer");
    }

    @Test
    void handsWhatIsStoredToWhoGeneratesCode() {
        UUID projectId = StudioFunction.id(project);
        String schema = studio.created(ada, project + "/schemas", SCHEMA);
        String architecture = studio.created(ada, project + "/architectures", ARCHITECTURE);
        studio.put(ada, project + "/settings/api-version", "{\"value\": \"2.3.4\"}");
        ProjectInputs inputs = studio.bean(ProjectInputs.class);

        SchemaDefinition stored = inputs.schema(projectId, StudioFunction.id(schema)).orElseThrow();
        assertThat(stored.entity("Order").relations()).hasSize(1);
        ArchitectureDefinition built = inputs.architecture(projectId, StudioFunction.id(architecture)).orElseThrow();
        assertThat(built.topics(built.component("jobs"))).hasSize(1);
        assertThat(inputs.settings(projectId).apiVersion()).isEqualTo("2.3.4");
        assertThat(inputs.settings(projectId).sqlSchema()).isEqualTo("public");
        assertThat(inputs.schema(UUID.randomUUID(), StudioFunction.id(schema))).isEmpty();
        assertThat(inputs.architecture(projectId, StudioFunction.id(schema))).isEmpty();
    }

    @Test
    void keepsTheLargestSchemaThatTheRulesAllow() {
        String entities = IntStream.range(0, 50).mapToObj(entity -> "{\"name\": \"" + name("Entity", entity)
                + "\", \"description\": \"" + "\u00e9\u20ac".repeat(250) + "\", \"fields\": ["
                + IntStream.range(0, 20).mapToObj(field -> "{\"name\": \"" + name("field", field) + "\","
                        + " \"type\": \"STRING\", \"required\": true, \"maxLength\": 65535}")
                        .collect(Collectors.joining(",")) + "]}").collect(Collectors.joining(","));
        String body = "{\"name\": \"Large\", \"entities\": [" + entities + "]}";

        Answer created = studio.post(ada, project + "/schemas", body);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(studio.get(ada, created.header("location")).json().get("entities").size()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            schemas       | {"name": "A", "entities": [{"name": "B", "fields": [{"name": "c", "type": "BLOB"}]}]} | \
            /entities/0/fields/0/type
            schemas       | {"entities": []}                                                         | /name
            architectures | {"name": "A", "components": [{"id": "b", "type": "MOON"}]} | /components/0/type
            documentation | {"title": "A"}                                                           | /body
            documentation | {"title": "A\\nB", "body": ""}                                           | /title
            documentation | {"title": "A", "body": "\\u0000"}                                        | /body""")
    void pointsAtTheFieldOfABadBody(String kind, String body, String pointer) {
        Answer answer = studio.post(ada, project + "/" + kind, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(StudioFunction.texts(answer.json().get("errors"), "pointer")).contains(pointer);
        assertThat(studio.all(ada, project + "/" + kind, "id")).isEmpty();
    }

    @Test
    void takesADocumentOfAHundredKibibytesAndNoneThatIsLarger() {
        String most = "\u00e9".repeat(50 * 1024);
        String path = studio.created(ada, project + "/documentation", "{\"title\": \"A\", \"body\": \"" + most + "\"}");
        assertThat(text(studio.get(ada, path).json(), "body")).isEqualTo(most);

        Answer refused = studio.post(ada, project + "/documentation",
                "{\"title\": \"A\", \"body\": \"" + most + "x\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("\"pointer\":\"/body\"", "100 KiB");
    }

    @Test
    void listsWithoutTextsNewestFirstInPages() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(StudioFunction.id(studio.created(ada, project + "/documentation", DOCUMENT)).toString());
        }
        Collections.reverse(ids);

        assertThat(studio.all(ada, project + "/documentation?limit=2", "id")).isEqualTo(ids);
        assertThat(studio.get(ada, project + "/documentation").text()).contains("\"title\":\"Why\"")
                .doesNotContain("because");
    }

    @Test
    void listsDocumentsThatFillMoreThanAResponse() {
        // 15 documents that do not compress are more than the megabyte that one response holds.
        for (int i = 0; i < 15; i++) {
            String random = IntStream.range(0, 2_800).mapToObj(n -> UUID.randomUUID().toString())
                    .collect(Collectors.joining());
            studio.created(ada, project + "/documentation", "{\"title\": \"A\", \"body\": \"" + random + "\"}");
        }
        assertThat(studio.all(ada, project + "/documentation?limit=100", "id")).hasSize(15).doesNotHaveDuplicates();
        assertThat(studio.delete(ada, project).status()).isEqualTo(204);
    }

    @Test
    void holdsTheQuotaOfAProjectWhenRequestsRace() {
        List<Integer> answers = IntStream.range(0, 24).parallel()
                .mapToObj(i -> retried(() -> studio.post(ada, project + "/schemas", SCHEMA)).status()).toList();

        assertThat(answers).filteredOn(status -> status == 201).hasSize(20);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(4);
        assertThat(studio.post(ada, project + "/schemas", SCHEMA).text()).contains("20 schemas");
        List<String> ids = studio.all(ada, project + "/schemas", "id");
        assertThat(ids).hasSize(20);
        assertThat(studio.delete(ada, project + "/schemas/" + ids.get(0)).status()).isEqualTo(204);
        assertThat(studio.post(ada, project + "/schemas", SCHEMA).status()).isEqualTo(201);
    }

    @Test
    void changesNothingWhenItIsPrimed() {
        studio.bean(ContentsPriming.class).prime();

        assertThat(studio.table(StudioTable.DOCUMENTATION).items())
                .noneMatch(item -> item.get("title").s().equals("Priming"));
        assertThat(studio.table(StudioTable.ACTIVITY_LOGS).items())
                .noneMatch(item -> item.get("detail").m().get("name").s().equals("Priming"));
    }

    @Test
    void losesNoChangeBetweenTwoWriters() {
        String path = studio.created(ada, project + "/documentation", DOCUMENT);
        String etag = studio.get(ada, path).header("etag");

        List<Integer> answers = IntStream.range(0, 4).parallel().mapToObj(i -> studio.send(ada, ApiCall.of("PUT", path)
                .json("{\"title\": \"" + i + "\", \"body\": \"\"}").header("If-Match", etag)).status()).toList();

        assertThat(answers).containsExactlyInAnyOrder(200, 412, 412, 412);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANSWER_LOST", "BROKEN", "THROTTLED", "TRANSACTION_CONFLICT"})
    void createsOneThingAcrossAFault(String fault) {
        studio.http().fail("TransactWriteItems", Fault.valueOf(fault), 1);

        assertThat(studio.post(ada, project + "/documentation", DOCUMENT).status()).isEqualTo(201);

        assertThat(studio.http().sent()).isEqualTo(2);
        assertThat(studio.all(ada, project + "/documentation", "id")).hasSize(1);
        assertThat(studio.all(ada, project + "/activity", "type"))
                .containsExactly("document.created", "project.created");
        assertThat(studio.get(ada, project + "/analytics").json().get("totals").get("documentChanges").getLongValue())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"schemas", "architectures", "documentation"})
    void hidesThingsFromStrangersAndFromOtherProjects(String kind) {
        String path = studio.created(ada, project + "/" + kind, example(kind));
        String other = studio.project(bob);

        assertThat(studio.get(bob, path).status()).isEqualTo(404);
        assertThat(studio.get(bob, project + "/" + kind).status()).isEqualTo(404);
        assertThat(studio.post(bob, project + "/" + kind, example(kind)).status()).isEqualTo(404);
        assertThat(studio.put(bob, path, example(kind)).status()).isEqualTo(404);
        assertThat(studio.delete(bob, path).status()).isEqualTo(404);
        assertThat(studio.get(bob, path.replace(project, other)).status()).isEqualTo(404);
        assertThat(studio.get(ada, path).status()).isEqualTo(200);
    }

    @Test
    void showsEverySettingAsUsualUntilSomebodyChooses() {
        JsonNode settings = studio.get(ada, project + "/settings").json().get("items");
        assertThat(StudioFunction.texts(settings, "name")).containsExactly(
                "java-package", "api-title", "api-version", "sql-schema", "license");
        assertThat(settings.get(1).get("value").getStringValue()).isEqualTo("Bookshop");
        assertThat(settings.get(4).get("value")).isNull();

        String path = project + "/settings/java-package";
        Answer usual = studio.get(ada, path);
        assertThat(text(usual.json(), "value")).isEqualTo("com.example.bookshop");
        assertThat(usual.json().get("chosen").getBooleanValue()).isFalse();

        Answer chosen = studio.send(ada, ApiCall.of("PUT", path).json("{\"value\": \"org.shop\"}")
                .header("If-Match", usual.header("etag")));
        assertThat(chosen.status()).as(chosen.text()).isEqualTo(200);
        assertThat(studio.get(ada, path).json()).isEqualTo(chosen.json());
        assertThat(chosen.json().get("chosen").getBooleanValue()).isTrue();
        assertThat(studio.send(ada, ApiCall.of("PUT", path).json("{\"value\": \"org.other\"}")
                .header("If-Match", usual.header("etag"))).status()).isEqualTo(412);

        assertThat(studio.delete(ada, path).status()).isEqualTo(204);
        assertThat(studio.delete(ada, path).status()).isEqualTo(204);
        assertThat(studio.get(ada, path).json()).isEqualTo(usual.json());
        assertThat(studio.get(ada, path).header("etag")).isEqualTo(usual.header("etag"));
        assertThat(studio.all(ada, project + "/activity", "type"))
                .containsExactly("setting.reset", "setting.changed", "project.created");
    }

    @Test
    void refusesSettingsThatAreNoneAndValuesThatBreakTheirRule() {
        Answer unknown = studio.put(ada, project + "/settings/colour", "{\"value\": \"red\"}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text()).contains("java-package, api-title, api-version, sql-schema, license");
        for (String bad : List.of("java-package: class", "api-version: 1", "sql-schema: pg_x", "license: Mine")) {
            String[] parts = bad.split(": ");
            Answer answer = studio.put(ada, project + "/settings/" + parts[0], "{\"value\": \"" + parts[1] + "\"}");
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.text()).as(bad).contains("\"pointer\":\"/value\"");
        }
        assertThat(studio.get(bob, project + "/settings").status()).isEqualTo(404);
        assertThat(studio.put(bob, project + "/settings/license", "{\"value\": \"MIT\"}").status()).isEqualTo(404);
    }

    /** Requests that meet on one project can be too many for their attempts; a client tries again then. */
    private static Answer retried(Supplier<Answer> request) {
        Answer answer = request.get();
        for (int i = 0; i < 5 && answer.status() == 503; i++) {
            answer = request.get();
        }
        return answer;
    }

    private static String example(String kind) {
        return switch (kind) {
            case "schemas" -> SCHEMA;
            case "architectures" -> ARCHITECTURE;
            default -> DOCUMENT;
        };
    }

    private static String name(String prefix, int number) {
        return prefix + number + "x".repeat(30) + number;
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).getStringValue();
    }
}
