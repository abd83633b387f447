package dev.plinth.mailing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.functions.Beans;
import dev.plinth.functions.EventFunction;
import dev.plinth.functions.Invocation;
import dev.plinth.functions.aws.FakeAws;
import dev.plinth.functions.aws.FakeAws.Answer;
import dev.plinth.functions.aws.FakeAws.Request;
import dev.plinth.functions.sql.LocalPostgres;
import io.micronaut.json.tree.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worker as its queue starts it, on a real PostgreSQL, signed in with the worker's role. */
class IdentityEventsTest {
    private static final Answer SENT = Answer.ok("{\"MessageId\": \"1\"}");

    private static LocalPostgres postgres;
    private static FakeAws aws;
    private static EventFunction function;

    private final UUID user = UUID.randomUUID();

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.migrated();
        aws = new FakeAws(request -> SENT);
        Map<String, String> variables = new HashMap<>();
        Service.IDENTITY_WORKER.settings().forEach(setting -> variables.put(setting.variable(), "1"));
        variables.putAll(postgres.variables());
        variables.put(Setting.MAIL_SENDER.variable(), "no-reply@plinth.example");
        variables.put(Service.ENVIRONMENT_VARIABLE, String.join(",", Service.IDENTITY_WORKER.environment(),
                LocalPostgres.ENVIRONMENT, SimpleCodes.ENVIRONMENT));
        function = new EventFunction(variables);
    }

    @AfterAll
    static void stop() {
        function.close();
        aws.close();
    }

    @BeforeEach
    void empty() {
        postgres.run("TRUNCATE users");
        aws.answering(request -> SENT);
        aws.forget();
        codes().asked();
    }

    @Test
    void mailsACodeToVerifyTheAddress() {
        add("Ada@bücher.example", "NULL");

        assertThat(handle("verification-code-requested")).isTrue();

        assertThat(codes().asked()).containsExactly("code for VERIFY_EMAIL of " + user);
        Request sent = aws.requests().get(0);
        assertThat(sent.operation()).isEqualTo("/v2/email/outbound-emails");
        JsonNode mail = sent.json();
        assertThat(mail.get("FromEmailAddress").getStringValue()).isEqualTo("no-reply@plinth.example");
        assertThat(mail.get("Destination").get("ToAddresses").get(0).getStringValue())
                .isEqualTo("Ada@xn--bcher-kva.example");
        JsonNode content = mail.get("Content").get("Simple");
        assertThat(content.get("Subject").get("Data").getStringValue())
                .isEqualTo("Your code to verify your e-mail address");
        for (String form : new String[] {"Text", "Html"}) {
            assertThat(content.get("Body").get(form).get("Data").getStringValue()).contains("111111")
                    .doesNotContain("{", "Eve", "<script>");
        }
    }

    @Test
    void mailsACodeForANewPasswordToVerifiedUsersToo() {
        add("ada@example.org", "now()");

        assertThat(handle("password-reset-requested")).isTrue();

        assertThat(codes().asked()).containsExactly("code for RESET_PASSWORD of " + user);
        assertThat(aws.requests()).singleElement()
                .satisfies(sent -> assertThat(sent.body()).contains("222222", "choose a new password"));
    }

    @Test
    void mailsNothingToWhomItIsOfNoUse() {
        add("ada@example.org", "now()");
        assertThat(handle("verification-code-requested")).as("verified already").isTrue();
        postgres.run("TRUNCATE users");
        assertThat(handle("verification-code-requested")).as("gone").isTrue();
        assertThat(handle("password-reset-requested")).as("gone").isTrue();

        assertThat(codes().asked()).isEmpty();
        assertThat(aws.requests()).isEmpty();
    }

    @Test
    void endsTheSessionsOfAUserWhoIsGoneHoweverOftenItIsTold() {
        assertThat(handle("user-removed")).isTrue();
        assertThat(handle("user-removed")).isTrue();

        assertThat(codes().asked()).containsExactly("end of " + user, "end of " + user);
    }

    @Test
    void givesAMessageBackWhenTheMailCannotBeSent() {
        add("ada@example.org", "NULL");
        aws.answering(request -> Answer.error(400, "MessageRejected"));

        assertThat(handle("verification-code-requested")).isFalse();
    }

    @Test
    void givesMessagesBackThatItDoesNotUnderstand() {
        assertThat(handle("user-promoted")).isFalse();
        assertThat(Invocation.ofMessages("{\"type\": \"user-removed\"}", "{\"type\": 1, \"userId\": \"1-1-1-1-1\"}",
                "{\"type\": \"user-removed\", \"userId\": \"Robert'); DROP TABLE users\"}").failures(function))
                .containsExactly("message-0", "message-1", "message-2");
        assertThat(codes().asked()).isEmpty();
    }

    private boolean handle(String type) {
        return Invocation.ofMessages("""
                {"id": "%s", "type": "%s", "userId": "%s", "at": "2026-03-01T12:00:00.000Z"}"""
                .formatted(UUID.randomUUID(), type, user)).failures(function).isEmpty();
    }

    private void add(String email, String verifiedAt) {
        postgres.run("INSERT INTO users VALUES ('%s', 'Eve <script>', '%s', '%s', 'hash', 'CUSTOMER', %s, now(), now(),"
                .formatted(user, email, email, verifiedAt) + " gen_random_uuid())");
    }

    private static SimpleCodes codes() {
        return Beans.of(function, SimpleCodes.class);
    }
}
