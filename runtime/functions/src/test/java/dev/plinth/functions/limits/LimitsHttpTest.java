package dev.plinth.functions.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.RateLimitsTable;
import dev.plinth.contract.Role;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.aws.LocalTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.crac.Core;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What callers see of the limits, on the routes of the orders service. */
class LimitsHttpTest {
    /** RFC 9651, sections 3.1 and 3.3: a list of strings, each with parameters that are integers. */
    private static final Pattern FIELD =
            Pattern.compile("\"[a-z]+\"(;[a-z]=\\d{1,15})+(, \"[a-z]+\"(;[a-z]=\\d{1,15})+)*");

    private static LimitedFunction function;

    private final UUID user = UUID.randomUUID();

    @BeforeAll
    static void start() {
        function = new LimitedFunction(EndlessCounts.PATIENT, LocalTable.endpoint());
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @BeforeEach
    void empty() {
        function.counts().empty();
    }

    @Test
    void tellsTheLimitsAndWhatIsLeftOfThemInEveryAnswer() {
        assertTold(send("GET", "/orders"), 200, 600, 599);
        assertTold(send("GET", "/orders/" + UUID.randomUUID()), 404, 600, 599);
        assertTold(send("GET", "/orders/x"), 400, 600, 598);
        assertTold(function.send(ApiCall.of("POST", "/orders").asCustomer(user).json("{}")), 400, 240, 239);
        String large = "x".repeat(70_000);
        assertTold(function.send(ApiCall.of("POST", "/orders").asCustomer(user).json(large)), 413, 240, 238);
        assertTold(function.send(ApiCall.of("GET", "/openapi.yml")), 200, 600, 599);
    }

    private static void assertTold(Answer answer, int status, int quota, int remaining) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("ratelimit-policy")).matches(FIELD)
                .isEqualTo("\"caller\";q=1200;w=60, \"route\";q=" + quota + ";w=60");
        assertThat(answer.header("ratelimit")).matches(FIELD)
                .matches("\"caller\";r=1[12]\\d\\d;t=\\d+, \"route\";r=" + remaining + ";t=\\d+");
    }

    @Test
    void refusesARequestTooManyBeforeItReachesAController() {
        exhaust("USER#" + user);

        Answer answer = function.send(ApiCall.of("POST", "/orders").asCustomer(user).json("{}"));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.json().get("type").getStringValue()).isEqualTo("urn:plinth:problem:too-many");
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 60);
        assertThat(answer.header("ratelimit")).matches(FIELD).contains("\"caller\";r=0;");
        assertThat(answer.header("x-request-id")).isEqualTo(answer.requestId());
    }

    @Test
    void believesNoHeaderThatNamesAnotherCaller() {
        exhaust("ADDRESS#192.0.2.66");

        assertThat(function.send(ApiCall.of("GET", "/openapi.yml").from("192.0.2.66")
                .header("x-forwarded-for", "203.0.113.1").header("forwarded", "for=203.0.113.1")
                .header("x-real-ip", "203.0.113.1")).status()).isEqualTo(429);
        assertThat(function.send(ApiCall.of("GET", "/openapi.yml").from("203.0.113.1")
                .header("x-forwarded-for", "192.0.2.66")).status()).isEqualTo(200);
    }

    @Test
    void countsWhoIsSignedInByUserWhateverTheAddressAndTheSession() {
        exhaust("USER#" + user);

        assertThat(function.send(ApiCall.of("GET", "/orders").as(user, Role.STAFF).from("203.0.113.2")).status())
                .isEqualTo(429);
        assertThat(function.send(ApiCall.of("GET", "/orders").asCustomer(UUID.randomUUID())).status()).isEqualTo(200);
    }

    @Test
    void countsNobodyWhomTheDoorRefuses() {
        assertThat(function.send(ApiCall.of("GET", "/orders")).status()).isEqualTo(401);

        assertThat(function.counts().items()).isEmpty();
    }

    @Test
    void countsARouteByItsKeyAndNotByItsPath() {
        send("GET", "/orders/" + UUID.randomUUID());

        assertThat(send("GET", "/orders/" + UUID.randomUUID()).header("ratelimit")).contains("\"route\";r=598;");
        assertThat(function.counts().items()).hasSize(1);
    }

    @Test
    void countsWhatIsOfNoRouteTogether() {
        function.send(ApiCall.of("GET", "/nowhere").asCustomer(user));

        assertThat(function.send(ApiCall.of("GET", "/neither").asCustomer(user).route("$default")).header("ratelimit"))
                .contains("\"route\";r=598;");
    }

    @Test
    void leavesTheRehearsalBeforeACheckpointOut() throws Exception {
        function.function().beforeCheckpoint(Core.getGlobalContext());

        assertThat(function.counts().items()).isEmpty();
    }

    private Answer send(String method, String path) {
        return function.send(ApiCall.of(method, path).asCustomer(user));
    }

    /** Takes all requests away from a caller, in the window that is and in the next one. */
    private static void exhaust(String caller) {
        long window = Window.at(Instant.now()).number();
        for (long each : List.of(window, window + 1)) {
            function.counts().dynamo().putItem(request -> request.tableName(function.counts().name()).item(Map.of(
                    RateLimitsTable.CALLER_WINDOW, AttributeValue.fromS(caller + "#" + each),
                    DynamoRequestCounts.ALL, AttributeValue.fromN("1200"))));
        }
    }
}
