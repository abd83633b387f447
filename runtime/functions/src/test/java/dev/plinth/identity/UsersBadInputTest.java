package dev.plinth.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Role;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody should send: the right refusal, nothing leaked, nothing written. */
class UsersBadInputTest {
    private static final String SQL = "'; DROP TABLE users; SELECT '";
    private static final String GOOD = "\"a long enough password\"";
    private static IdentityFunction function;

    @BeforeAll
    static void start() {
        function = new IdentityFunction();
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @BeforeEach
    void empty() {
        function.empty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "true", "[]", "{}", "\"\"", "\" \"", "\"a\\u0000b\"", "\"a\\nb\"",
            "\"\\ud800\"", "\"\\u200b\\u200d\"", "\"\\u0085\""})
    void refusesNames(String name) {
        assertRefused(create(name, "\"ada@example.org\"", GOOD), "/name");
        assertRefused(create('"' + "n".repeat(201) + '"', "\"ada@example.org\"", GOOD), "/name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "[]", "\"\"", "\"ada\"", "\"@example.org\"", "\"ada@\"", "\"ada@localhost\"",
            "\"a@b@example.org\"", "\"a b@example.org\"", "\".a@example.org\"", "\"a.@example.org\"",
            "\"a..b@example.org\"", "\"a@exa mple.org\"", "\"a@-x.org\"", "\"a@x..org\"", "\"a@[127.0.0.1]\"",
            "\"a@127.0.0.1\"", "\"a\\u0000@example.org\"", "\"a\\r\\nBcc: b@example.org\"", "\"a\\u202eb@example.org\"",
            "\"a,b@example.org\"", "\"<a@example.org>\"", "\"a;b@example.org\"", "\"a@example.org\\u0000\"",
            "\"a@exam_ple.org\"", "\"'; DROP TABLE users; SELECT '@x\""})
    void refusesAddresses(String email) {
        assertRefused(create("\"Ada\"", email, GOOD), "/email");
    }

    @Test
    void refusesAddressesThatAreTooLong() {
        String label = "a".repeat(60) + ".";
        assertRefused(create("\"Ada\"", '"' + "a".repeat(65) + "@example.org\"", GOOD), "/email");
        assertRefused(create("\"Ada\"", "\"a@" + label.repeat(5) + "org\"", GOOD), "/email");
        assertRefused(create("\"Ada\"", '"' + "a".repeat(60_000) + "@example.org\"", GOOD), "/email");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "123456789012345", "\"\"", "\"elevenchars\"",
            "\"\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\"",
            "\"password12345\"", "\"PassWord12345\"", "\"Ada Lovelace 1\"",
            "\"ADA.lovelace@example.org\"", "\"a long\\u0000 password\"", "\"a long\\n password\"",
            "\"\\ud800 long password\""})
    void refusesPasswords(String password) {
        assertRefused(create("\"Ada Lovelace 1\"", "\"ada.lovelace@example.org\"", password), "/password");
    }

    @Test
    void refusesPasswordsThatAreTooLong() {
        assertRefused(create("\"Ada\"", "\"ada@example.org\"", '"' + "p".repeat(129) + '"'), "/password");
        assertRefused(create("\"Ada\"", "\"ada@example.org\"", '"' + "p".repeat(60_000) + '"'), "/password");
        assertThat(create("\"Ada\"", "\"ada@example.org\"", '"' + "\uD83D\uDE00".repeat(128) + '"').status())
                .as("counted as people count").isEqualTo(201);
    }

    @Test
    void namesEveryRuleAtOnceAndEchoesNoPassword() {
        Answer answer = create("\"Ada\"", "\"none\"", "\"hunter2\"");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("\"/email\"", "\"/password\"").doesNotContain("hunter2");
    }

    @Test
    void takesSqlForText() {
        Answer answer = create('"' + SQL + "1\"", "\"o'brien--@example.org\"", '"' + SQL + '"');
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        String id = answer.json().get("id").getStringValue();
        Answer changed = function.send(ApiCall.of("PATCH", "/users/" + id).json("{\"name\": \"" + SQL + "2\"}")
                .asCustomer(UUID.fromString(id)));
        assertThat(changed.json().get("name").getStringValue()).isEqualTo(SQL + "2");
        function.accounts().markVerified(UUID.fromString(id));
        assertThat(function.accounts().authenticate("O'BRIEN--@example.org", SQL).id()).hasToString(id);
        assertThat(function.postgres().query("SELECT name FROM users")).containsExactly(List.of(SQL + "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "'%20OR%20'1'='1", "00000000-0000-0000-0000-00000000000g", "%00", "1-1-1-1-1"})
    void refusesIdsThatAreNone(String id) {
        for (String method : List.of("GET", "DELETE", "PATCH")) {
            Answer answer = function.send(ApiCall.of(method, "/users/" + id).json("{}").route(method + " /users/{id}")
                    .as(UUID.randomUUID(), Role.OPERATOR));
            assertThat(answer.status()).as(method + answer.text()).isEqualTo(400);
        }
    }

    @Test
    void refusesBodiesThatAreNoUser() {
        for (String body : List.of("", "[]", "null", "\"x\"", "{", "{\"name\": 1, \"name\": 2}", "{}{}")) {
            assertThat(function.send(ApiCall.of("POST", "/users").json(body)).status()).as(body).isEqualTo(400);
        }
        assertThat(create("\"Ada\", \"admin\": true", "\"ada@example.org\"", GOOD).text()).contains("\"/admin\"");
        assertThat(function.send(ApiCall.of("POST", "/users").body("name=Ada").header("content-type", "text/plain"))
                .status()).isEqualTo(415);
        assertThat(function.send(ApiCall.of("POST", "/users").json("\"" + "x".repeat(66_000) + "\"")).status())
                .isEqualTo(413);
        assertNothingWritten();
    }

    private static Answer create(String name, String email, String password) {
        return function.send(ApiCall.of("POST", "/users").json(
                "{\"name\": " + name + ", \"email\": " + email + ", \"password\": " + password + "}"));
    }

    private static void assertRefused(Answer answer, String pointer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("pointer").getStringValue()).isEqualTo(pointer);
        assertThat(answer.text()).doesNotContain("SQL", "postgres", "Exception", "DROP TABLE");
        assertNothingWritten();
    }

    private static void assertNothingWritten() {
        assertThat(function.postgres().query("SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM outbox)"))
                .containsExactly(List.of("0"));
        assertThat(function.queues().messages()).isEmpty();
    }
}
