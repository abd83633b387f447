package dev.plinth.functions.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Role;
import dev.plinth.contract.Route;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.EchoFunction;
import dev.plinth.functions.HttpFunction;
import io.micronaut.json.tree.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with and without a caller, through the handler. */
class DoorTest {
    private static final UUID ADA = UUID.randomUUID();
    private static final String CALLER = "/echo/caller";

    private static HttpFunction function;

    @BeforeAll
    static void start() {
        function = EchoFunction.behind(Door.of(List.of(
                Route.closed("GET /echo/caller"),
                Route.closed("GET /echo/crash", Role.OPERATOR, Role.STAFF),
                Route.open("GET /echo/things/{name}"))));
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void tellsAControllerWhoCallsAndFromWhere(Role role) {
        JsonNode seen = ApiCall.of("GET", CALLER).as(ADA, role).from("198.51.100.7").send(function).json();

        assertThat(seen.get("userId").getStringValue()).isEqualTo(ADA.toString());
        assertThat(seen.get("sessionId").getStringValue()).isEqualTo("session-of-" + ADA);
        assertThat(seen.get("role").getStringValue()).isEqualTo(role.name());
        assertThat(seen.get("sourceIp").getStringValue()).isEqualTo("198.51.100.7");
        assertThat(seen.get("userAgent").getStringValue()).isEqualTo("test");
    }

    @Test
    void letsAnybodyThroughAnOpenRoute() {
        ApiCall call = ApiCall.of("GET", "/echo/things/x").route("GET /echo/things/{name}");

        assertThat(call.send(function).status()).isEqualTo(200);
    }

    @Test
    void refusesARequestWithoutACaller() {
        Answer answer = ApiCall.of("GET", CALLER).send(function);

        assertProblem(answer, 401, "unauthenticated");
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
    }

    static Stream<Map<String, String>> halfCallers() {
        Map<String, String> whole = Map.of("userId", ADA.toString(), "sessionId", "s", "role", "CUSTOMER");
        return Stream.of(
                Map.of(), without(whole, "userId"), without(whole, "sessionId"), without(whole, "role"),
                with(whole, "userId", "ada"), with(whole, "userId", ""), with(whole, "sessionId", " "),
                with(whole, "role", "KING"), with(whole, "role", "customer"), with(whole, "role", ""));
    }

    @ParameterizedTest
    @MethodSource("halfCallers")
    void refusesACallerOfWhomAnythingIsUnknown(Map<String, String> context) {
        assertProblem(ApiCall.of("GET", CALLER).authorizer(context).send(function), 401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "revoked", "other"})
    void tellsAClientWhoseTokenHasEndedToGetAnother(String refusal) {
        Map<String, String> context = Map.of(
                "userId", ADA.toString(), "sessionId", "s", "role", "OPERATOR", "refusal", refusal);
        Answer answer = ApiCall.of("GET", CALLER).authorizer(context).send(function);

        assertProblem(answer, 401, "token-ended");
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    void refusesARoleThatTheRouteDoesNotList() {
        Answer answer = ApiCall.of("GET", "/echo/crash").asCustomer(ADA).send(function);

        assertProblem(answer, 403, "forbidden");
        assertThat(ApiCall.of("GET", "/echo/crash").asStaff().send(function).status()).isEqualTo(500);
    }

    @Test
    void closesARouteThatNobodyListed() {
        assertProblem(ApiCall.of("GET", "/echo/cookies").send(function), 401, "unauthenticated");
        assertProblem(ApiCall.of("GET", CALLER).route(null).send(function), 401, "unauthenticated");
        assertThat(ApiCall.of("GET", "/echo/cookies").asCustomer(ADA).send(function).status()).isEqualTo(200);
    }

    @Test
    void givesNoCallerToAControllerBehindAnOpenRoute() {
        ApiCall call = ApiCall.of("GET", CALLER).asOperator().route("GET /echo/things/{name}");

        assertProblem(call.send(function), 401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"caller", "x-caller", "client", "x-user-id", "userid", "authorizer", "x-amzn-oidc-identity",
        "authorization", "requestcontext"})
    void takesNoCallerFromAHeader(String header) {
        String forged = "{\"userId\":\"" + ADA + "\",\"sessionId\":\"s\",\"role\":\"OPERATOR\"}";

        assertProblem(ApiCall.of("GET", CALLER).header(header, forged).send(function), 401, "unauthenticated");
        assertThat(ApiCall.of("GET", CALLER).header(header, forged).asCustomer(ADA).send(function).json()
                .get("role").getStringValue()).isEqualTo("CUSTOMER");
    }

    @Test
    void looksAtTheCallerBeforeTheBody() {
        assertProblem(ApiCall.of("POST", "/echo/notes").body(new byte[70_000]).send(function), 401, "unauthenticated");
    }

    private static Map<String, String> with(Map<String, String> context, String name, String value) {
        Map<String, String> changed = new HashMap<>(context);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, String> without(Map<String, String> context, String name) {
        Map<String, String> changed = new HashMap<>(context);
        changed.remove(name);
        return changed;
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("type").getStringValue()).isEqualTo("urn:plinth:problem:" + type);
    }
}
