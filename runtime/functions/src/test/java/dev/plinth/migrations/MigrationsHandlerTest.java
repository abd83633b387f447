package dev.plinth.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.functions.EventFunction;
import dev.plinth.functions.Invocation;
import dev.plinth.functions.aws.FakeAws;
import dev.plinth.functions.aws.FakeAws.Answer;
import dev.plinth.functions.aws.FakeAws.Request;
import dev.plinth.functions.sql.LocalPostgres;
import dev.plinth.functions.sql.TcpGate;
import io.micronaut.json.tree.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The custom resource as CloudFormation meets it, on a real PostgreSQL. */
class MigrationsHandlerTest {
    private static final String SECRET = "{\"username\": \"postgres\", \"password\": \"a-secret\"}";

    private final LocalPostgres postgres = new LocalPostgres();
    private final TcpGate gate = new TcpGate(LocalPostgres.port());
    private final FakeAws aws = new FakeAws(request -> Answer.ok(request.operation().equals("/answer") ? ""
            : "{\"SecretString\": \"" + SECRET.replace("\"", "\\\"") + "\"}"));
    private final EventFunction function = new EventFunction(Map.of(
            Service.ENVIRONMENT_VARIABLE, Service.MIGRATIONS.environment() + "," + LocalPostgres.ENVIRONMENT,
            Setting.DATABASE_INSTANCE_HOST.variable(), "127.0.0.1",
            Setting.DATABASE_PORT.variable(), Integer.toString(gate.port()),
            Setting.DATABASE_NAME.variable(), postgres.name(),
            Setting.DATABASE_ADMIN_SECRET_ARN.variable(), "arn:of-the-secret"));

    @AfterEach
    void stop() {
        function.close();
        aws.close();
        gate.close();
    }

    @Test
    void migratesAndTellsCloudFormation() {
        send("Create", "");

        assertThat(postgres.query("SELECT to_regclass('users') IS NOT NULL, to_regclass('outbox') IS NOT NULL"))
                .containsExactly(List.of("t", "t"));
        Request answer = answer();
        assertThat(answer.method()).isEqualTo("PUT");
        assertThat(answer.contentType()).as("the URL's signature covers that there is none").isNull();
        assertThat(text(answer, "Status")).isEqualTo("SUCCESS");
        assertThat(text(answer, "StackId")).isEqualTo("the-stack");
        assertThat(text(answer, "RequestId")).isEqualTo("the-request");
        assertThat(text(answer, "LogicalResourceId")).isEqualTo("Migrations");
        assertThat(text(answer, "PhysicalResourceId")).isEqualTo("plinth-schema");
        assertThat(aws.requests().get(0).operation()).isEqualTo("secretsmanager.GetSecretValue");
        assertThat(aws.requests().get(0).json().get("SecretId").getStringValue()).isEqualTo("arn:of-the-secret");
    }

    @Test
    void migratesOnceHoweverOftenItIsAsked() {
        send("Create", "");
        postgres.run("INSERT INTO outbox (id, queue, body) VALUES (gen_random_uuid(), 'TODOS_EVENTS', '{}'),"
                + " (gen_random_uuid(), 'STUDIO_EVENTS', '{}')");
        aws.forget();

        send("Update", ", \"PhysicalResourceId\": \"given-before\"");

        assertThat(text(answer(), "Status")).isEqualTo("SUCCESS");
        assertThat(text(answer(), "PhysicalResourceId")).isEqualTo("given-before");
        assertThat(postgres.query("SELECT count(*) FROM outbox")).containsExactly(List.of("2"));
    }

    @Test
    void touchesNothingWhenTheResourceIsDeleted() {
        send("Create", "");
        aws.forget();

        send("Delete", ", \"PhysicalResourceId\": \"plinth-schema\"");

        assertThat(text(answer(), "Status")).isEqualTo("SUCCESS");
        assertThat(aws.requests()).as("the secret is not even read").hasSize(1);
        assertThat(postgres.query("SELECT count(*) FROM users")).containsExactly(List.of("0"));
    }

    @Test
    void failsTheDeploymentWhenAMigrationFails() {
        postgres.run("ALTER DATABASE " + postgres.name() + " SET default_transaction_read_only = on");

        send("Create", "");

        assertThat(text(answer(), "Status")).isEqualTo("FAILED");
        assertThat(text(answer(), "Reason")).contains("SQLSTATE 25006", Invocation.REQUEST_ID)
                .doesNotContain("a-secret", "postgres", "127.0.0.1");
        assertThat(text(answer(), "PhysicalResourceId")).isEqualTo("plinth-schema");
    }

    @Test
    void failsTheDeploymentWhenTheSecretCannotBeRead() {
        aws.answering(request -> request.operation().equals("/answer") ? Answer.ok("")
                : Answer.error(400, "AccessDeniedException"));

        send("Create", "");

        assertThat(text(answer(), "Status")).isEqualTo("FAILED");
        assertThat(text(answer(), "Reason")).startsWith("The administrator's secret cannot be read.");
    }

    @Test
    void waitsForADatabaseThatIsNotThereYet() {
        gate.shut();
        int[] asked = {0};

        Invocation.of(event("Create", "")).millisLeft(() -> {
            if (++asked[0] == 1) {
                gate.open();
            }
            return 60_000;
        }).send(function);

        assertThat(asked[0]).as("waited once").isEqualTo(1);
        assertThat(text(answer(), "Status")).isEqualTo("SUCCESS");
    }

    @Test
    void answersInTimeWhenTheDatabaseStaysAway() {
        gate.shut();

        Invocation.of(event("Create", "")).millisLeft(() -> 46_000).send(function);

        assertThat(text(answer(), "Status")).isEqualTo("FAILED");
        assertThat(text(answer(), "Reason")).startsWith("The database refuses connections, or does not answer");
    }

    @Test
    void failsWhenCloudFormationCannotBeToldSoThatLambdaRepeatsIt() {
        aws.answering(request -> request.operation().equals("/answer") ? Answer.error(500, "InternalError")
                : Answer.ok("{\"SecretString\": \"" + SECRET.replace("\"", "\\\"") + "\"}"));

        assertThatThrownBy(() -> send("Create", "")).hasMessageContaining(Invocation.REQUEST_ID);
    }

    private void send(String type, String more) {
        Invocation.of(event(type, more)).millisLeft(() -> 60_000).send(function);
    }

    private String event(String type, String more) {
        return """
                {"RequestType": "%s", "ResponseURL": "%s", "StackId": "the-stack", "RequestId": "the-request",
                 "LogicalResourceId": "Migrations", "ResourceType": "Custom::Migrations",
                 "ResourceProperties": {"ServiceToken": "arn"}%s}"""
                .formatted(type, aws.uri().resolve("/answer"), more);
    }

    private Request answer() {
        List<Request> answers = aws.requests().stream().filter(sent -> sent.operation().equals("/answer")).toList();
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private static String text(Request answer, String member) {
        JsonNode value = answer.json().get(member);
        return value == null ? null : value.getStringValue();
    }
}
