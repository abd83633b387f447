package dev.plinth.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Role;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.Await;
import dev.plinth.functions.caller.Caller;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients get of the routes of users, through the handler, by events as API Gateway sends them. */
class UsersHttpTest {
    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z";
    private static final String PASSWORD = "a long enough password";
    private static final UUID OPERATOR = UUID.randomUUID();

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

    @Test
    void createsAUserAndHasACodeSent() {
        Answer answer = create("Ada Lovelace", "Ada@Example.org");

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        String id = id(answer);
        assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(answer.header("location")).isEqualTo("/users/" + id);
        assertThat(answer.header("etag")).matches("\"[^\"]+\"");
        assertThat(text(answer, "name")).isEqualTo("Ada Lovelace");
        assertThat(text(answer, "email")).isEqualTo("Ada@Example.org");
        assertThat(text(answer, "role")).isEqualTo("CUSTOMER");
        assertThat(answer.json().get("verified").getBooleanValue()).isFalse();
        assertThat(text(answer, "createdAt")).matches(TIME).isEqualTo(text(answer, "updatedAt"));
        assertThat(answer.json().size()).as("nothing else is told").isEqualTo(7);
        assertThat(function.queues().messages()).singleElement().asString()
                .startsWith("identity {").contains("\"type\":\"verification-code-requested\"", "\"userId\":\"" + id)
                .doesNotContain("Ada", "xample");
        assertThat(function.postgres().query("SELECT * FROM outbox")).as("sent").isEmpty();
        assertThat(send(as(id, "GET", "/users/" + id)).json()).isEqualTo(answer.json());
    }

    @Test
    void keepsThePasswordAsAMemoryHardHashOnly() {
        create("Ada", "ada@example.org");

        assertThat(function.postgres().query("SELECT password_hash FROM users")).singleElement().asString()
                .contains("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(PASSWORD);
    }

    @Test
    void givesAnAddressToOneUserWhateverItsSpelling() {
        create("Ada", "strüße@bücher.example");
        for (String same : List.of("strüße@bücher.example", "STRÜSSE@BÜCHER.EXAMPLE",
                "stru\u0308\u00dfe@xn--bcher-kva.example")) {
            Answer answer = create("Eve", same);

            assertThat(answer.status()).as(same + answer.text()).isEqualTo(409);
            assertThat(text(answer, "type")).isEqualTo("urn:plinth:problem:conflict");
        }
        assertThat(create("Bob", "strusse@bücher.example").status()).isEqualTo(201);
        assertThat(function.postgres().query("SELECT name FROM users ORDER BY name"))
                .containsExactly(List.of("Ada"), List.of("Bob"));
        assertThat(function.queues().messages()).as("nobody is told of a refusal").hasSize(2);
    }

    @Test
    void keepsUnicodeAsItCame() {
        String name = "Zoë \uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDCBB 'Robert\\\"); DROP TABLE users;--";
        Answer answer = create(name, "用户@例え.example");

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        Answer read = send(as(id(answer), "GET", answer.header("location")));
        assertThat(text(read, "name")).isEqualTo(name.replace("\\\"", "\""));
        assertThat(text(read, "email")).isEqualTo("用户@例え.example");
    }

    @Test
    void showsAUserToNobodyElse() {
        String ada = id(create("Ada", "ada@example.org"));
        String eve = id(create("Eve", "eve@example.org"));

        for (Role role : List.of(Role.CUSTOMER, Role.MERCHANT, Role.STAFF)) {
            Caller stranger = new Caller(UUID.fromString(eve), "session", role);
            Answer there = send(ApiCall.of("GET", "/users/" + ada).as(stranger));
            Answer nowhere = send(ApiCall.of("GET", "/users/" + ada.replace(ada.charAt(0), 'f')).as(stranger));
            assertThat(there.status()).as(role.name()).isEqualTo(404);
            assertThat(text(there, "detail")).isEqualTo("There is no user " + ada + " whom you may see.");
            assertThat(nowhere.status()).isEqualTo(404);
            assertThat(send(patch(ada, "{\"name\": \"Eve\"}").as(stranger)).status()).isEqualTo(404);
            assertThat(send(ApiCall.of("DELETE", "/users/" + ada).as(stranger)).status()).isEqualTo(404);
        }
        assertThat(send(ApiCall.of("GET", "/users/" + ada)).status()).as("without a token").isEqualTo(401);
        assertThat(names()).containsExactly("Ada", "Eve");
        assertThat(function.sessions().ended()).isEmpty();
    }

    @Test
    void letsOperatorsReadAndRemoveEverybodyAndChangeNobody() {
        String ada = id(create("Ada", "ada@example.org"));

        assertThat(send(operator("GET", "/users/" + ada)).status()).isEqualTo(200);
        assertThat(send(patch(ada, "{\"name\": \"X\"}").as(OPERATOR, Role.OPERATOR)).status()).isEqualTo(403);
        assertThat(names()).containsExactly("Ada");
        assertThat(send(operator("DELETE", "/users/" + ada)).status()).isEqualTo(204);
        assertThat(names()).isEmpty();
        assertThat(send(operator("GET", "/users/" + ada)).status()).isEqualTo(404);
        assertThat(send(operator("DELETE", "/users/" + ada)).status()).isEqualTo(404);
    }

    @Test
    void changesTheNameUnderAConditionAndStampsTheState() {
        Answer created = create("Ada", "ada@example.org");
        String ada = id(created);

        Answer changed = send(patch(ada, "{\"name\": \"Ada King\", \"role\": \"OPERATOR\", \"verified\": true}")
                .header("if-match", created.header("etag")).asCustomer(UUID.fromString(ada)));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(text(changed, "name")).isEqualTo("Ada King");
        assertThat(text(changed, "role")).as("only operators give roles").isEqualTo("CUSTOMER");
        assertThat(changed.json().get("verified").getBooleanValue()).isFalse();
        assertThat(changed.header("etag")).isNotEqualTo(created.header("etag"));

        Answer stale = send(patch(ada, "{\"name\": \"Countess\"}").header("if-match", created.header("etag"))
                .asCustomer(UUID.fromString(ada)));
        assertThat(stale.status()).isEqualTo(412);
        Answer same = send(patch(ada, changed.text()).asCustomer(UUID.fromString(ada)));
        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(same.header("etag")).as("nothing changed").isEqualTo(changed.header("etag"));
        assertThat(send(as(ada, "GET", "/users/" + ada).header("if-none-match", changed.header("etag"))).status())
                .isEqualTo(304);
        assertThat(send(as(ada, "DELETE", "/users/" + ada).header("if-match", created.header("etag"))).status())
                .isEqualTo(412);
        assertThat(function.sessions().ended()).isEmpty();
    }

    @Test
    void changesThePasswordAndEndsTheOtherSessions() {
        String ada = id(create("Ada", "ada@example.org"));
        function.accounts().markVerified(UUID.fromString(ada));

        Answer changed = send(patch(ada, "{\"password\": \"another long password\", \"currentPassword\": \"%s\"}"
                .formatted(PASSWORD)).as(new Caller(UUID.fromString(ada), "this-session", Role.CUSTOMER)));

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.text()).doesNotContain("assword");
        assertThat(function.sessions().ended()).containsExactly("of " + ada + " but this-session");
        assertThat(function.accounts().authenticate("ADA@example.org", "another long password").id())
                .hasToString(ada);
    }

    @Test
    void refusesAPasswordWithoutTheCurrentOne() {
        String ada = id(create("Ada", "ada@example.org"));
        UUID id = UUID.fromString(ada);
        List<List<String>> before = function.postgres().query("SELECT * FROM users");

        Answer without = send(patch(ada, "{\"password\": \"another long password\"}").asCustomer(id));
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.text()).contains("\"/currentPassword\"");
        Answer wrong = send(patch(ada, """
                {"password": "another long password", "currentPassword": "not the right one"}""").asCustomer(id));
        assertThat(wrong.status()).isEqualTo(403);
        Answer easy = send(patch(ada, "{\"password\": \"short\", \"currentPassword\": \"%s\"}".formatted(PASSWORD))
                .asCustomer(id));
        assertThat(easy.status()).isEqualTo(400);
        assertThat(easy.text()).contains("\"/password\"");
        Answer address = send(patch(ada, "{\"email\": \"eve@example.org\"}").asCustomer(id));
        assertThat(address.status()).isEqualTo(400);
        assertThat(address.text()).contains("\"/email\"", "cannot change");

        assertThat(function.postgres().query("SELECT * FROM users")).isEqualTo(before);
        assertThat(function.sessions().ended()).isEmpty();
    }

    @Test
    void keepsThePasswordWhenSessionsCannotBeEnded() {
        String ada = id(create("Ada", "ada@example.org"));
        List<List<String>> before = function.postgres().query("SELECT * FROM users");
        function.sessions().down(true);

        Answer answer = send(patch(ada, "{\"password\": \"another long password\", \"currentPassword\": \"%s\"}"
                .formatted(PASSWORD)).asCustomer(UUID.fromString(ada)));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(function.postgres().query("SELECT * FROM users")).isEqualTo(before);
    }

    @Test
    void removesTheCallerEndsTheirSessionsAndTellsEverybody() {
        String ada = id(create("Ada", "ada@example.org"));
        function.queues().forget();

        Answer answer = send(as(ada, "DELETE", "/users/" + ada));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.bytes()).isEmpty();
        assertThat(names()).isEmpty();
        assertThat(function.sessions().ended()).containsExactly("all of " + ada);
        assertThat(function.queues().messages()).hasSize(3)
                .anyMatch(message -> message.startsWith("identity {") && message.contains("user-removed"))
                .anyMatch(message -> message.startsWith("studio {") && message.contains("user-removed"))
                .anyMatch(message -> message.startsWith("todos {") && message.contains("user-removed"))
                .allMatch(message -> message.contains("\"userId\":\"" + ada + "\""));
        assertThat(create("Ada again", "ada@example.org").status()).as("the address is free").isEqualTo(201);
    }

    @Test
    void removesAUserWhileCacheAndQueuesAreDownAndLeavesTheRestToOthers() {
        String ada = id(create("Ada", "ada@example.org"));
        function.sessions().down(true);
        function.queues().down();

        assertThat(send(as(ada, "DELETE", "/users/" + ada)).status()).isEqualTo(204);
        assertThat(names()).isEmpty();
        assertThat(function.postgres().query("SELECT queue, attempts FROM outbox ORDER BY queue"))
                .containsExactly(List.of("IDENTITY_EVENTS", "0"), List.of("STUDIO_EVENTS", "0"),
                        List.of("TODOS_EVENTS", "0"));
    }

    @Test
    void givesRolesAndEndsSessionsThatHoldTheOldOne() {
        String ada = id(create("Ada", "ada@example.org"));

        Answer staff = send(role(ada, "STAFF").as(OPERATOR, Role.OPERATOR));
        assertThat(staff.status()).as(staff.text()).isEqualTo(200);
        assertThat(text(staff, "role")).isEqualTo("STAFF");
        assertThat(function.sessions().ended()).containsExactly("all of " + ada);
        Answer again = send(role(ada, "STAFF").as(OPERATOR, Role.OPERATOR));
        assertThat(again.header("etag")).isEqualTo(staff.header("etag"));
        assertThat(function.sessions().ended()).as("nothing changed").isEmpty();

        for (Role role : List.of(Role.CUSTOMER, Role.MERCHANT, Role.STAFF)) {
            assertThat(send(role(ada, "OPERATOR").as(UUID.fromString(ada), role)).status()).isEqualTo(403);
        }
        assertThat(send(role(ada, "BOSS").as(OPERATOR, Role.OPERATOR)).status()).isEqualTo(400);
        assertThat(send(role(UUID.randomUUID().toString(), "STAFF").as(OPERATOR, Role.OPERATOR)).status())
                .isEqualTo(404);
        assertThat(function.postgres().query("SELECT role FROM users")).containsExactly(List.of("STAFF"));
    }

    @Test
    void keepsOperatorsFromTakingTheRoleFromThemselves() {
        String boss = id(create("Boss", IdentityFunction.OPERATOR.toLowerCase(Locale.ROOT)));
        function.accounts().markVerified(UUID.fromString(boss));
        UUID id = UUID.fromString(boss);
        assertThat(function.accounts().find(id).orElseThrow().role()).isEqualTo(Role.OPERATOR);

        assertThat(send(role(boss, "CUSTOMER").as(id, Role.OPERATOR)).status()).isEqualTo(409);
        assertThat(send(role(boss, "CUSTOMER").as(OPERATOR, Role.OPERATOR)).status()).isEqualTo(200);
    }

    @Test
    void answersThatTheDatabaseIsDownAndRecoversByItself() {
        String ada = id(create("Ada", "ada@example.org"));
        function.gate().shut();
        for (int i = 0; i < 3; i++) {
            Answer answer = send(as(ada, "GET", "/users/" + ada));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).matches("[12]");
            assertThat(answer.text()).doesNotContain("127.0.0.1", "SQL", "postgres", "Hikari");
        }
        function.gate().open();

        Await.until(() -> send(as(ada, "GET", "/users/" + ada)).status() == 200);
    }

    @Test
    void answersARequestAfterTheCheckpoint() throws Exception {
        String ada = id(create("Ada", "ada@example.org"));

        function.function().beforeCheckpoint(null);
        assertThat(function.postgres().query("SELECT count(*) FROM users")).containsExactly(List.of("1"));
        function.function().afterRestore(null);

        assertThat(send(as(ada, "GET", "/users/" + ada)).status()).isEqualTo(200);
    }

    private static Answer create(String name, String email) {
        return function.send(ApiCall.of("POST", "/users").json("""
                {"name": "%s", "email": "%s", "password": "%s"}""".formatted(name, email, PASSWORD)));
    }

    private static Answer send(ApiCall call) {
        return function.send(call);
    }

    private static ApiCall as(String user, String method, String path) {
        return ApiCall.of(method, path).asCustomer(UUID.fromString(user));
    }

    private static ApiCall operator(String method, String path) {
        return ApiCall.of(method, path).as(OPERATOR, Role.OPERATOR);
    }

    private static ApiCall patch(String user, String body) {
        return ApiCall.of("PATCH", "/users/" + user).body(body).header("content-type", "application/merge-patch+json");
    }

    private static ApiCall role(String user, String role) {
        return ApiCall.of("PUT", "/users/" + user + "/role").json("{\"role\": \"" + role + "\"}");
    }

    private static List<String> names() {
        return function.postgres().query("SELECT name FROM users ORDER BY name").stream()
                .map(row -> row.get(0)).toList();
    }

    private static String id(Answer answer) {
        return text(answer, "id");
    }

    private static String text(Answer answer, String member) {
        return answer.json().get(member).getStringValue();
    }
}
