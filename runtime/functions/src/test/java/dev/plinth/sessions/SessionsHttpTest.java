package dev.plinth.sessions;

import static dev.plinth.sessions.MemoryAccounts.PASSWORD;
import static dev.plinth.sessions.SessionsFunction.caller;
import static dev.plinth.sessions.SessionsFunction.refresh;
import static dev.plinth.sessions.SessionsFunction.signIn;
import static dev.plinth.sessions.SessionsFunction.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Role;
import dev.plinth.contract.Route;
import dev.plinth.contract.Service;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.Await;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.logging.LogLines;
import dev.plinth.functions.redis.LocalRedis;
import dev.plinth.identity.Account;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.JedisPooled;

/** What clients get that sign in, refresh and sign out, through the handler. */
class SessionsHttpTest {
    private static SessionsFunction function;

    private Account ada;

    @BeforeAll
    static void start() {
        function = new SessionsFunction();
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @BeforeEach
    void empty() {
        function.empty();
        ada = function.accounts().add("ada-" + UUID.randomUUID() + "@example.org", true);
    }

    @Test
    void signsIn() {
        Answer answer = signInAsAda();
        JsonNode session = answer.json().get("session");
        assertThat(session.get("userId").getStringValue()).isEqualTo(ada.id().toString());
        assertThat(session.get("current").getBooleanValue()).isTrue();
        assertThat(answer.header("location")).isEqualTo("/sessions/" + session.get("id").getStringValue());
        assertThat(text(answer, "tokenType")).isEqualTo("Bearer");
        assertThat(answer.json().get("expiresIn").getIntValue()).isEqualTo(300);
        assertThat(answer.json().get("refreshExpiresIn").getIntValue()).isEqualTo(7200);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void issuesAccessTokensThatTheAuthorizerTakes() {
        Answer answer = signInAsAda();
        JsonNode context = function.authorize(answer).get("context");
        assertThat(context.get("userId").getStringValue()).isEqualTo(ada.id().toString());
        assertThat(context.get("sessionId").getStringValue())
                .isEqualTo(answer.json().get("session").get("id").getStringValue());
        assertThat(context.get("role").getStringValue()).isEqualTo("CUSTOMER");
    }

    @Test
    void publishesTheKeysThatVerifyThem() {
        Answer keys = function.send(ApiCall.of("GET", "/.well-known/jwks.json"));
        String header = new String(Base64.getUrlDecoder().decode(
                text(signInAsAda(), "accessToken").split("\\.")[0]));
        assertThat(keys.status()).isEqualTo(200);
        assertThat(keys.header("content-type")).isEqualTo("application/json");
        assertThat(keys.json().get("keys").size()).isEqualTo(1);
        assertThat(header).contains(keys.json().get("keys").get(0).get("kid").getStringValue());
        assertThat(keys.json().get("keys").get(0).get("d")).isNull();
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownAddressAlike() {
        Answer wrong = function.send(signIn(ada.email(), "another password"));
        Answer unknown = function.send(signIn("nobody@example.org", PASSWORD));
        assertProblem(wrong, 401, "unauthenticated");
        assertThat(unknown.text().replace(unknown.requestId(), "")).isEqualTo(
                wrong.text().replace(wrong.requestId(), ""));
        assertThat(unknown.event().get("headers").size()).isEqualTo(wrong.event().get("headers").size());
        assertThat(sessionKeys()).isEmpty();
    }

    @Test
    void refusesAnAddressThatIsNotVerifiedOnlyWithTheRightPassword() {
        Account bob = function.accounts().add("bob-" + UUID.randomUUID() + "@example.org", false);
        assertProblem(function.send(signIn(bob.email(), PASSWORD)), 403, "forbidden");
        assertProblem(function.send(signIn(bob.email(), "another password")), 401, "unauthenticated");
        assertThat(sessionKeys()).isEmpty();
    }

    @Test
    void namesASessionByTheDeviceOrByWhatTheClientCallsItself() {
        Answer named = function.send(ApiCall.of("POST", "/sessions").from(SessionsFunction.newSource())
                .json("{\"email\": \"" + ada.email() + "\", \"password\": \"" + PASSWORD
                        + "\", \"device\": \"Ada's \\u2602 phone\"}"));
        assertThat(named.json().get("session").get("device").getStringValue()).isEqualTo("Ada's \u2602 phone");
        assertThat(signInAsAda().json().get("session").get("device").getStringValue()).isEqualTo("test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"email\": 1, \"password\": \"x\"}", "{\"email\": \"a@b.org\"}",
        "{\"email\": \"a@b.org\", \"password\": \"x\", \"device\": \"\"}",
        "{\"email\": \"a@b.org\", \"password\": \"x\", \"device\": \"a\\nb\"}",
        "{\"email\": \"a@b.org\", \"password\": \"x\", \"role\": \"OPERATOR\"}"})
    void refusesASignInThatBreaksARule(String body) {
        assertProblem(function.send(ApiCall.of("POST", "/sessions").json(body)), 400, "invalid-request");
        assertThat(LocalRedis.keys()).isEmpty();
    }

    @Test
    void refusesOversizedTexts() {
        String endless = "x".repeat(2000);
        for (String body : List.of(
                "{\"email\": \"" + endless + "\", \"password\": \"x\"}",
                "{\"email\": \"a@b.org\", \"password\": \"" + endless + "\"}",
                "{\"email\": \"a@b.org\", \"password\": \"x\", \"device\": \"" + endless + "\"}")) {
            assertProblem(function.send(ApiCall.of("POST", "/sessions").json(body)), 400, "invalid-request");
        }
        assertProblem(function.send(refresh(endless)), 400, "invalid-request");
    }

    @Test
    void replacesBothTokensAtARefresh() {
        Answer first = signInAsAda();
        Answer second = function.send(refresh(text(first, "refreshToken")));
        assertThat(second.status()).as(second.text()).isEqualTo(200);
        assertThat(second.json().get("session").get("id")).isEqualTo(first.json().get("session").get("id"));
        assertThat(text(second, "refreshToken")).isNotEqualTo(text(first, "refreshToken"));
        assertThat(text(second, "accessToken")).isNotEqualTo(text(first, "accessToken"));
        assertThat(function.send(refresh(text(second, "refreshToken"))).status()).isEqualTo(200);
        assertThat(function.revoked()).isEmpty();
    }

    @Test
    void givesTheRoleThatTheUserHasByThen() {
        Answer first = signInAsAda();
        function.accounts().giveRole(ada.id(), Role.STAFF);
        Answer second = function.send(refresh(text(first, "refreshToken")));
        assertThat(function.authorize(second).get("context").get("role").getStringValue()).isEqualTo("STAFF");
    }

    @Test
    void endsASessionWhoseOldTokenIsReplayed() {
        Answer first = signInAsAda();
        Answer second = function.send(refresh(text(first, "refreshToken")));
        Answer other = signInAsAda();
        assertProblem(function.send(refresh(text(first, "refreshToken"))), 401, "unauthenticated");
        assertProblem(function.send(refresh(text(second, "refreshToken"))), 401, "unauthenticated");
        assertThat(function.revoked()).containsExactly(caller(first).sessionId());
        for (Answer ended : List.of(first, second)) {
            assertThat(function.authorize(ended).get("context").get("refusal").getStringValue()).isEqualTo("revoked");
        }
        assertThat(function.authorize(other).get("context").get("userId")).isNotNull();
        assertThat(function.send(refresh(text(other, "refreshToken"))).status()).isEqualTo(200);
    }

    @Test
    void takesATokenOnceWhenRefreshesRace() throws Exception {
        String token = text(signInAsAda(), "refreshToken");
        List<Integer> statuses = statuses(8, () -> refresh(token));
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 401);
        assertThat(sessionKeys()).isEmpty();
    }

    static Stream<String> garbage() {
        return Stream.of("", "x", "A".repeat(108), "A".repeat(107), "A".repeat(109), "AQ" + "A".repeat(106),
                " " + "A".repeat(107), "A".repeat(54) + "." + "A".repeat(53), "\u00e9".repeat(108));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void refusesWhatIsNoTokenOfOurs(String token) {
        assertProblem(function.send(refresh(token)), 401, "unauthenticated");
        assertThat(function.revoked()).isEmpty();
    }

    @Test
    void doesNotEndASessionForATokenThatOnlyNamesIt() {
        Answer signedIn = signInAsAda();
        byte[] forged = Base64.getUrlDecoder().decode(text(signedIn, "refreshToken"));
        forged[20] ^= 1;
        assertProblem(function.send(refresh(Base64.getUrlEncoder().encodeToString(forged))), 401, "unauthenticated");
        assertThat(function.send(refresh(text(signedIn, "refreshToken"))).status()).isEqualTo(200);
    }

    @Test
    void refusesToRefreshForAUserWhoIsGone() {
        Answer signedIn = signInAsAda();
        function.accounts().remove(ada.id());
        assertProblem(function.send(refresh(text(signedIn, "refreshToken"))), 401, "unauthenticated");
        assertThat(function.revoked()).containsExactly(caller(signedIn).sessionId());
        assertThat(sessionKeys()).isEmpty();
    }

    @Test
    void beginsNoSessionAndUsesUpNoTokenWhileNoAccessTokenCanBeIssued() {
        Answer signedIn = signInAsAda();
        function.secretsDown(true);
        assertProblem(function.send(signIn(ada.email(), PASSWORD)), 503, "unavailable");
        assertProblem(function.send(refresh(text(signedIn, "refreshToken"))), 503, "unavailable");
        function.secretsDown(false);
        assertThat(sessionKeys()).containsExactlyInAnyOrder(
                "session:" + caller(signedIn).sessionId(), "user-sessions:" + ada.id());
        assertThat(function.send(refresh(text(signedIn, "refreshToken"))).status()).isEqualTo(200);
    }

    @Test
    void listsOnesOwnSessionsNewestFirst() {
        Answer first = signInAsAda();
        Answer second = signInAsAda();
        Account bob = function.accounts().add("bob-" + UUID.randomUUID() + "@example.org", true);
        function.send(signIn(bob.email(), PASSWORD));
        Answer list = function.send(ApiCall.of("GET", "/sessions").as(caller(first)));
        assertThat(list.status()).isEqualTo(200);
        List<JsonNode> items = StreamSupport.stream(list.json().get("items").values().spliterator(), false).toList();
        assertThat(items).extracting(item -> item.get("id").getStringValue())
                .containsExactlyInAnyOrder(caller(second).sessionId(), caller(first).sessionId());
        assertThat(items).filteredOn(item -> item.get("current").getBooleanValue())
                .extracting(item -> item.get("id").getStringValue()).containsExactly(caller(first).sessionId());
        assertThat(list.text()).doesNotContain(ada.email()).doesNotContain("family").doesNotContain("newest");
    }

    @Test
    void showsAndEndsOneOfOnesOwnSessions() {
        Answer first = signInAsAda();
        Answer second = signInAsAda();
        String path = second.header("location");
        assertThat(function.send(ApiCall.of("GET", path).as(caller(first))).json().get("current").getBooleanValue())
                .isFalse();
        assertThat(function.send(ApiCall.of("DELETE", path).as(caller(first))).status()).isEqualTo(204);
        assertThat(function.revoked()).containsExactly(caller(second).sessionId());
        assertProblem(function.send(ApiCall.of("GET", path).as(caller(first))), 404, "not-found");
        assertProblem(function.send(ApiCall.of("DELETE", path).as(caller(first))), 404, "not-found");
        assertProblem(function.send(refresh(text(second, "refreshToken"))), 401, "unauthenticated");
        assertThat(function.send(refresh(text(first, "refreshToken"))).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void answersForAnothersSessionAsForNone(String method) {
        Answer own = signInAsAda();
        Account bob = function.accounts().add("bob-" + UUID.randomUUID() + "@example.org", true);
        Answer bobs = function.send(signIn(bob.email(), PASSWORD));
        Answer answer = function.send(ApiCall.of(method, bobs.header("location")).as(caller(own)));
        assertProblem(answer, 404, "not-found");
        UUID none = UUID.randomUUID();
        Answer absent = function.send(ApiCall.of(method, "/sessions/" + none).as(caller(own)));
        assertThat(absent.json().get("detail").getStringValue().replace(none.toString(), caller(bobs).sessionId()))
                .isEqualTo(answer.json().get("detail").getStringValue());
        assertThat(function.send(refresh(text(bobs, "refreshToken"))).status()).isEqualTo(200);
    }

    @Test
    void refusesAnIdThatIsNoUuid() {
        assertProblem(function.send(ApiCall.of("GET", "/sessions/7").as(caller(signInAsAda()))),
                400, "invalid-request");
    }

    @Test
    void endsAllSessions() {
        Answer first = signInAsAda();
        Answer second = signInAsAda();
        assertThat(function.send(ApiCall.of("DELETE", "/sessions").as(caller(first))).status()).isEqualTo(204);
        assertThat(function.revoked()).containsExactlyInAnyOrder(
                caller(first).sessionId(), caller(second).sessionId());
        assertThat(sessionKeys()).isEmpty();
    }

    @Test
    void endsAllSessionsButTheCurrentOne() {
        Answer first = signInAsAda();
        Answer second = signInAsAda();
        assertThat(function.send(ApiCall.of("DELETE", "/sessions?except=current").as(caller(first))).status())
                .isEqualTo(204);
        assertThat(function.revoked()).containsExactly(caller(second).sessionId());
        assertThat(function.send(refresh(text(first, "refreshToken"))).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"except=other", "except=", "except=current&except=current", "but=current"})
    void endsNothingWhenItCannotReadWhatToSpare(String query) {
        Answer signedIn = signInAsAda();
        assertProblem(function.send(ApiCall.of("DELETE", "/sessions?" + query).as(caller(signedIn))),
                400, "invalid-request");
        assertThat(function.revoked()).isEmpty();
    }

    static Stream<Route> closedRoutes() {
        return Service.IDENTITY.routes().stream().filter(route -> !route.access().open());
    }

    @ParameterizedTest
    @MethodSource("closedRoutes")
    void refusesAnEndedSessionAtOnceOnEveryClosedRoute(Route route) {
        Answer signedIn = signInAsAda();
        Caller caller = caller(signedIn);
        Caller mighty = new Caller(caller.userId(), caller.sessionId(), Role.OPERATOR);
        function.send(ApiCall.of("DELETE", "/sessions").as(mighty));
        String path = route.path().replace("{id}", ada.id().toString());
        Answer answer = function.send(ApiCall.of(route.method(), path).json("{}").as(mighty));
        assertProblem(answer, 401, "token-ended");
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    void refusesASessionOfAnotherUser() {
        Caller stranger = new Caller(UUID.randomUUID(), caller(signInAsAda()).sessionId(), Role.OPERATOR);
        assertProblem(function.send(ApiCall.of("GET", "/sessions").as(stranger)), 401, "token-ended");
    }

    @Test
    void endsTheSessionThatWasUnusedForLongestWhenThereAreTooMany() {
        Answer oldest = signInAsAda();
        Answer refreshed = oldest;
        List<Answer> others = new ArrayList<>();
        for (int i = 1; i < RedisSessions.MOST; i++) {
            others.add(signInAsAda());
        }
        refreshed = function.send(refresh(text(refreshed, "refreshToken")));
        assertThat(function.revoked()).isEmpty();
        signInAsAda();
        assertThat(function.revoked()).containsExactly(caller(others.get(0)).sessionId());
        assertThat(function.send(ApiCall.of("GET", "/sessions").as(caller(refreshed))).json().get("items").size())
                .isEqualTo(RedisSessions.MOST);
    }

    @Test
    void forgetsASessionThatNobodyUsesForTwoHours() {
        String key = "session:" + caller(signInAsAda()).sessionId();
        try (JedisPooled redis = LocalRedis.administered()) {
            assertThat(redis.ttl(key)).isBetween(7190L, 7200L);
            assertThat(redis.ttl("user-sessions:" + ada.id())).isBetween(7190L, 7200L);
        }
    }

    @Test
    void refusesAtOnceWhileTheCacheIsDownAndRecoversByItself() {
        Answer signedIn = signInAsAda();
        function.gate().shut();
        for (ApiCall call : List.of(signIn(ada.email(), PASSWORD), refresh(text(signedIn, "refreshToken")),
                ApiCall.of("GET", "/sessions").as(caller(signedIn)),
                ApiCall.of("DELETE", "/sessions").as(caller(signedIn)))) {
            Answer answer = function.send(call);
            assertProblem(answer, 503, "unavailable");
            assertThat(answer.header("retry-after")).matches("[12]");
            assertThat(answer.text()).doesNotContainIgnoringCase("redis").doesNotContain("127.0.0.1");
        }
        function.gate().open();
        Await.until(() -> function.send(ApiCall.of("GET", "/sessions").as(caller(signedIn))).status() == 200);
        assertThat(function.send(refresh(text(signedIn, "refreshToken"))).status()).isEqualTo(200);
    }

    @Test
    void keepsNoSecretInTheCacheAndNoneInTheLog() {
        List<Answer> answers = new ArrayList<>();
        List<String> lines = LogLines.texts(() -> {
            answers.add(signInAsAda());
            answers.add(function.send(refresh(text(answers.get(0), "refreshToken"))));
            function.send(refresh(text(answers.get(0), "refreshToken")));
            answers.add(signInAsAda());
        });
        List<String> secrets = new ArrayList<>(List.of(PASSWORD, ada.email()));
        answers.forEach(answer -> secrets.addAll(List.of(
                text(answer, "refreshToken").substring(30, 60), text(answer, "refreshToken").substring(70, 100),
                text(answer, "accessToken").split("\\.")[2])));
        StringBuilder stored = new StringBuilder();
        try (JedisPooled redis = LocalRedis.administered()) {
            for (String key : LocalRedis.keys()) {
                stored.append(key).append(' ');
                if (redis.type(key).equals("hash")) {
                    stored.append(redis.hgetAll(key));
                }
            }
        }
        assertThat(lines).isNotEmpty();
        assertThat(stored.toString()).contains("family");
        assertThat(secrets).allSatisfy(secret -> {
            assertThat(stored.toString()).doesNotContain(secret);
            assertThat(lines).noneMatch(line -> line.contains(secret));
        });
    }

    @Test
    void changesNothingBeforeACheckpoint() {
        function.function().beforeCheckpoint(null);
        assertThat(LocalRedis.keys()).isEmpty();
        assertThat(function.revoked()).isEmpty();
        assertThat(function.accounts().asked()).isEmpty();
    }

    private Answer signInAsAda() {
        Answer answer = function.send(signIn(ada.email(), PASSWORD));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static List<String> sessionKeys() {
        return LocalRedis.keys().stream().filter(key -> key.contains("session")).toList();
    }

    static List<Integer> statuses(int clients, Supplier<ApiCall> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                answers.add(threads.submit(() -> function.send(call.get())));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Answer> answer : answers) {
                statuses.add(answer.get().status());
            }
            return statuses;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("type").getStringValue()).isEqualTo("urn:plinth:problem:" + type);
    }
}
