package dev.plinth.generator;

import static dev.plinth.model.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import dev.plinth.functions.sql.LocalPostgres;
import dev.plinth.model.ArchitectureDefinition;
import dev.plinth.model.ProjectSettings;
import dev.plinth.model.SchemaDefinition;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
    private static final String ID = "00000000-0000-4000-8000-00000000000";

    private static final ArchitectureDefinition TOPIC_ALONE = ArchitectureDefinition.of(
            json("{'name': 'x', 'components': [{'id': 'a', 'type': 'TOPIC'}]}"));

    private final GenerationInput shop = Examples.shop();
    private final GeneratedProject project = new Generator().generate(shop);

    @Test
    void generatesTheFilesThatTheUsersPageNames() {
        assertThat(new Generator().generate(Examples.shop(Map.of("license", "ISC"))).files())
                .extracting(GeneratedFile::path).containsExactly(
                        "LICENSE", "README.md", "api/openapi.json", "database/schema.sql", "diagram.svg",
                        "infrastructure/template.json", "manifest.json",
                        "src/main/java/com/example/cornershop/Customer.java",
                        "src/main/java/com/example/cornershop/Invoice.java",
                        "src/main/java/com/example/cornershop/Order.java",
                        "src/main/java/com/example/cornershop/OrderStatus.java",
                        "src/main/java/com/example/cornershop/Tag.java",
                        "src/main/java/com/example/cornershop/package-info.java")
                .allSatisfy(path -> assertThat(Examples.page())
                        .contains(path.startsWith("src") ? "src/main/java" : "`" + path + "`"));
    }

    @Test
    void generatesTablesThatKeepTheRulesOfTheSchema() {
        LocalPostgres database = new LocalPostgres();
        database.run(project.file("database/schema.sql").content());

        database.run("INSERT INTO customers (id, email, name) VALUES ('" + ID + "1', 'a@b.example', 'Ada')");
        database.run("INSERT INTO orders (id, customer_id, status, total) VALUES ('" + ID + "2', '" + ID
                + "1', 'OPEN', 12.345)");
        database.run("INSERT INTO tags (id, label) VALUES ('" + ID + "3', 'gift')");
        database.run("INSERT INTO order_tags VALUES ('" + ID + "2', '" + ID + "3')");
        assertThat(database.query("SELECT total FROM orders")).containsExactly(List.of("12.35"));

        assertRefused(database, "INSERT INTO customers (email, name) VALUES ('a@b.example', 'Bob')",
                "customers_email_key");
        assertRefused(database, "INSERT INTO customers (email) VALUES ('c@b.example')", "\"name\"");
        assertRefused(database, "UPDATE orders SET status = 'LOST'", "orders_status_check");
        assertRefused(database, "UPDATE orders SET customer_id = '" + ID + "9'", "orders_customer_id_fkey");
        assertRefused(database, "UPDATE orders SET customer_id = NULL", "customer_id");
        assertRefused(database, "DELETE FROM customers", "orders_customer_id_fkey");
        database.run("DELETE FROM orders");
        assertThat(database.query("SELECT * FROM order_tags")).isEmpty();
        assertThat(database.query("SELECT obj_description('orders'::regclass)"))
                .containsExactly(List.of("What a customer buys at once."));
    }

    @Test
    void quotesNoWordThatPostgresTakesUnquoted() {
        LocalPostgres database = new LocalPostgres();
        List<String> words = database.query("SELECT word FROM pg_get_keywords() WHERE catcode IN ('C', 'U') "
                + "AND word !~ '_'").stream().map(row -> row.get(0)).toList();
        List<JsonNode> entities = new ArrayList<>();
        for (int i = 0; i < words.size(); i += 50) {
            String fields = words.subList(i, Math.min(i + 50, words.size())).stream()
                    .map(word -> "{'name': 'a', 'type': 'ENUM', 'unique': true, 'values': ['A']}".replace("'a'",
                            "'" + word + "'")).collect(Collectors.joining(","));
            entities.add(json("{'name': 'Box" + i + "', 'fields': [" + fields + "]}"));
        }
        List<String> refused = new ArrayList<>();
        JsonNode all = JsonNode.createObjectNode(Map.of("name", JsonNode.createStringNode("x"),
                "entities", JsonNode.createArrayNode(entities)));
        try {
            SchemaDefinition.of(all);
        } catch (Failure failure) {
            failure.violations().stream().map(Violation::detail).forEach(refused::add);
        }
        // Only because of Java, never because of PostgreSQL.
        assertThat(refused).hasSizeLessThan(40).allMatch(detail -> detail.contains("Java"));

        database.run(new Generator().generate(new GenerationInput("x", SchemaDefinition.stored(all),
                TOPIC_ALONE, shop.settings())).file("database/schema.sql").content());

        assertThat(database.query("SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid "
                + "WHERE relkind = 'r' AND relname LIKE 'box%' AND attname IN (SELECT word FROM pg_get_keywords())"))
                .containsExactly(List.of(Integer.toString(words.size())));
    }

    @Test
    void generatesTheTablesInTheSchemaOfTheSettings() {
        LocalPostgres database = new LocalPostgres();
        database.run(new Generator().generate(Examples.shop(Map.of("sql-schema", "corner_shop")))
                .file("database/schema.sql").content());

        assertThat(database.query("SELECT tablename FROM pg_tables WHERE schemaname = 'corner_shop' ORDER BY 1"))
                .containsExactly(List.of("customers"), List.of("invoices"), List.of("order_tags"), List.of("orders"),
                        List.of("tags"));
    }

    @Test
    void generatesRecordsOfTheEntities(@TempDir Path classes) throws Exception {
        assertThat(JavaSources.compile(List.of(project), classes)).isEmpty();

        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Class<?> order = loader.loadClass("com.example.cornershop.Order");
            assertThat(Arrays.stream(order.getRecordComponents()).map(RecordComponent::toString)).containsExactly(
                    "java.util.UUID id", "com.example.cornershop.OrderStatus status", "java.math.BigDecimal total",
                    "java.lang.String note", "java.util.UUID customerId", "java.util.UUID invoiceId",
                    "java.util.List tags", "java.time.Instant createdAt", "java.time.Instant updatedAt");
            assertThat(loader.loadClass("com.example.cornershop.OrderStatus").getEnumConstants())
                    .extracting(Object::toString).containsExactly("OPEN", "PAID", "SENT");
            assertThatThrownBy(() -> order.getDeclaredConstructors()[0].newInstance(new Object[9]))
                    .hasRootCauseInstanceOf(NullPointerException.class).hasRootCauseMessage("id");
        }
    }

    @Test
    void describesAnApiOfTheEntities() {
        GeneratedProject titled = new Generator().generate(
                Examples.shop(Map.of("api-title", "Shop API", "api-version", "2.1.0", "license", "MIT")));
        OpenAPI api = new OpenAPIV3Parser().readContents(titled.file("api/openapi.json").content()).getOpenAPI();

        assertThat(api.getOpenapi()).isEqualTo("3.1.0");
        assertThat(api.getInfo().getTitle()).isEqualTo("Shop API");
        assertThat(api.getInfo().getVersion()).isEqualTo("2.1.0");
        assertThat(api.getInfo().getLicense().getIdentifier()).isEqualTo("MIT");
        assertThat(api.getPaths()).containsOnlyKeys("/customers", "/customers/{id}", "/orders", "/orders/{id}",
                "/invoices", "/invoices/{id}", "/tags", "/tags/{id}");
        assertThat(api.getPaths().get("/orders/{id}").readOperationsMap().keySet()).extracting(Enum::name)
                .containsExactlyInAnyOrder("GET", "PUT", "DELETE");
        assertThat(api.getComponents().getSchemas().get("Order").getRequired())
                .containsExactlyInAnyOrder("id", "status", "total", "customerId", "createdAt", "updatedAt");
        assertThat(api.getComponents().getSchemas().get("Order.Input").getProperties())
                .containsOnlyKeys("status", "total", "note", "customerId", "invoiceId", "tags");
        assertThat(api.getPaths().values().stream().flatMap(path -> path.readOperations().stream())
                .map(operation -> operation.getOperationId())).doesNotHaveDuplicates().hasSize(20);
    }

    @Test
    void generatesATemplateOfWhatIsDeployed() {
        JsonNode template = TemplateRules.check(project);
        JsonNode resources = template.get("Resources");

        assertThat(types(resources)).containsExactlyInAnyOrder(
                "SalesTopic=AWS::SNS::Topic", "ParcelsQueue=AWS::SQS::Queue",
                "ParcelsQueueDeadLetters=AWS::SQS::Queue", "ParcelsQueuePolicy=AWS::SQS::QueuePolicy",
                "OrdersTable=AWS::DynamoDB::Table", "InvoicesBucket=AWS::S3::Bucket",
                "InvoicesBucketPolicy=AWS::S3::BucketPolicy",
                "SalesTopicToParcelsQueueSubscription=AWS::SNS::Subscription");
        assertThat(resources.get("OrdersTable").get("Properties").get("TimeToLiveSpecification").get("AttributeName")
                .getStringValue()).isEqualTo("expiresAt");
        JsonNode queue = resources.get("ParcelsQueue").get("Properties");
        assertThat(queue.get("VisibilityTimeout").getIntValue()).isEqualTo(120);
        assertThat(queue.get("RedrivePolicy")).isEqualTo(json("""
                {'deadLetterTargetArn': {'Fn::GetAtt': ['ParcelsQueueDeadLetters', 'Arn']}, 'maxReceiveCount': 3}"""));
        assertThat(resources.get("InvoicesBucket").get("Properties").get("LifecycleConfiguration").get("Rules").get(1)
                .get("ExpirationInDays").getIntValue()).isEqualTo(3650);
        List<String> outputs = new ArrayList<>();
        template.get("Outputs").entries().forEach(output -> outputs.add(output.getKey()));
        assertThat(outputs).containsExactly("SalesTopicArn", "ParcelsQueueUrl", "ParcelsQueueArn", "OrdersTableName",
                "OrdersTableArn", "InvoicesBucketName", "InvoicesBucketArn");
    }

    @Test
    void letsATopicSendToItsQueuesAndNobodyWithoutTls() {
        JsonNode policy = TemplateRules.parsed(project).get("Resources").get("ParcelsQueuePolicy").get("Properties");

        assertThat(policy.get("PolicyDocument").get("Statement")).isEqualTo(json("""
                [{'Effect': 'Deny', 'Principal': {'AWS': '*'}, 'Action': 'sqs:*', 'Resource': [
                  {'Fn::GetAtt': ['ParcelsQueue', 'Arn']}, {'Fn::GetAtt': ['ParcelsQueueDeadLetters', 'Arn']}],
                  'Condition': {'Bool': {'aws:SecureTransport': 'false'}}},
                 {'Effect': 'Allow', 'Principal': {'Service': 'sns.amazonaws.com'}, 'Action': 'sqs:SendMessage',
                  'Resource': {'Fn::GetAtt': ['ParcelsQueue', 'Arn']},
                  'Condition': {'ArnEquals': {'aws:SourceArn': {'Ref': 'SalesTopic'}}}}]"""));
    }

    @Test
    void saysWhatIsOnlyShown() {
        assertThat(project.file("README.md").content())
                .contains("# Corner shop\n")
                .contains("| browser | client | only shown |")
                .contains("| orders | table | `OrdersTable` | Keeps each Order. |")
                .contains("| sales | parcels |  (a subscription) |");
    }

    @Test
    void escapesWhatMarkdownWouldRead() {
        GenerationInput hostile = new GenerationInput("1. <img src=x onerror=y> [a](b) `c`\n# | d", shop.schema(),
                shop.architecture(), shop.settings());

        assertThat(new Generator().generate(hostile).file("README.md").content())
                .startsWith("# 1\\. \\<img src=x onerror=y\\> \\[a\\](b) \\`c\\` # \\| d\n");
    }

    @Test
    void refusesAnArchitectureWhoseEntitiesTheSchemaDoesNotHave() {
        assertThatThrownBy(() -> new GenerationInput("x", shop.schema(), ArchitectureDefinition.of(json("""
                {'name': 'x', 'components': [{'id': 'a', 'type': 'TABLE', 'entity': 'Nobody'},
                  {'id': 'b', 'type': 'TABLE', 'entity': 'Order', 'timeToLive': 'note'},
                  {'id': 'c', 'type': 'TABLE', 'entity': 'Invoice', 'timeToLive': 'number'}]}""")), shop.settings()))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.violations()).containsExactly(
                        new Violation(Violation.Place.BODY, "/architectureId", "names an architecture whose component "
                                + "a keeps the entity Nobody, which the schema does not have"),
                        new Violation(Violation.Place.BODY, "/architectureId", "names an architecture whose component "
                                + "b expires by note, which is TEXT in the schema and must be INTEGER or LONG")));
    }

    @Test
    void refusesASnapshotThatIsNone() throws IOException {
        GenerationInputs inputs = new GenerationInputs(JsonMapper.createDefault());

        assertThatThrownBy(() -> inputs.read("{\"project\": \"x\"}".getBytes())).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> inputs.read("{".getBytes())).isInstanceOf(IllegalArgumentException.class);
    }

    /** An item of DynamoDB holds 400 KB, and the names in it. */
    @Test
    void fitsTheLargestDocumentsIntoAnItem() throws IOException {
        String name = "x".repeat(57);
        String description = "\u4e2d".repeat(500);
        String entities = IntStream.range(10, 60).mapToObj(e -> "{'name': 'E" + e + "x', 'description': '" + description
                + "', 'fields': [" + IntStream.range(100, 120).mapToObj(f -> "{'name': 'f" + f + name
                + "', 'type': 'ENUM', 'required': true, 'unique': true, 'values': ['v" + "y".repeat(62) + "']}")
                        .collect(Collectors.joining(",")) + "], 'relations': ["
                + IntStream.range(0, 4).mapToObj(r -> "{'name': 'r" + r + name + "', 'kind': 'MANY_TO_ONE', "
                + "'target': 'E" + e + "x'}").collect(Collectors.joining(",")) + "]}").collect(Collectors.joining(","));
        SchemaDefinition largest = SchemaDefinition.of(json("{'name': 'x', 'entities': [" + entities + "]}"));

        assertThat(JsonMapper.createDefault().writeValueAsBytes(largest.toJson())).hasSizeBetween(250_000, 380_000);
        GeneratedProject generated = new Generator().generate(
                new GenerationInput("x", largest, TOPIC_ALONE, ProjectSettings.of(Map.of())));
        new LocalPostgres().run(generated.file("database/schema.sql").content());
    }

    private static List<String> types(JsonNode resources) {
        List<String> types = new ArrayList<>();
        resources.entries().forEach(entry ->
                types.add(entry.getKey() + '=' + entry.getValue().get("Type").getStringValue()));
        return types;
    }

    private static void assertRefused(LocalPostgres database, String sql, String because) {
        assertThatThrownBy(() -> database.run(sql)).hasStackTraceContaining(because);
    }
}
