package dev.plinth.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Role;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** To everybody but staff, the orders of others do not exist. */
class OrdersOwnershipTest {

    private static final UUID ADA = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();

    private static OrdersFunction function;

    @BeforeAll
    static void start() {
        function = new OrdersFunction();
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
    @ValueSource(strings = {"POST /orders", "GET /orders", "GET /orders/7", "PATCH /orders/7", "DELETE /orders/7"})
    void isClosedToWhoeverIsNotSignedIn(String route) {
        String[] call = route.split(" ");
        assertProblem(function.send(ApiCall.of(call[0], call[1]).json(OrderBody.valid().json())),
                401, "unauthenticated");
        assertThat(function.items()).isEmpty();
    }

    @Test
    void leavesHealthAndDescriptionOpen() {
        assertThat(function.send(ApiCall.of("GET", "/orders/health/check")).status()).isEqualTo(200);
        assertThat(function.send(ApiCall.of("GET", "/openapi.yml")).status()).isEqualTo(200);
    }

    @Test
    void notesWhoCreatedAnOrder() {
        Answer order = create(ADA);
        assertThat(order.json().get("customerId").getStringValue()).isEqualTo(ADA.toString());
        assertThat(function.items()).singleElement()
                .satisfies(item -> assertThat(item.get("customerId").s()).isEqualTo(ADA.toString()));
    }

    @Test
    void letsACustomerReadChangeCancelAndRemoveTheirOwn() {
        Answer order = create(ADA);
        assertThat(get(ADA, order).json()).isEqualTo(order.json());
        assertThat(patch(ADA, order, "{\"quantity\": 5}").json().get("quantity").getIntValue()).isEqualTo(5);
        assertThat(patch(ADA, order, "{\"status\": \"CANCELLED\"}").json().get("status").getStringValue())
                .isEqualTo("CANCELLED");
        assertThat(function.send(ApiCall.of("DELETE", path(order)).asCustomer(ADA)).status()).isEqualTo(204);
        assertThat(function.items()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, names = {"CUSTOMER", "MERCHANT"})
    void answersForAnotherCustomersOrderAsForNone(Role role) {
        Answer order = create(ADA);
        List<Map<String, AttributeValue>> items = function.items();
        UUID none = UUID.randomUUID();
        for (ApiCall call : List.of(
                ApiCall.of("GET", path(order)),
                ApiCall.of("GET", path(order)).header("if-none-match", "*"),
                ApiCall.of("PATCH", path(order)).json("{\"quantity\": 9}"),
                ApiCall.of("PATCH", path(order)).json("{\"quantity\": \"bad\"}"),
                ApiCall.of("PATCH", path(order)).json("{\"quantity\": 9}").header("if-match", order.header("etag")),
                ApiCall.of("PATCH", path(order)).json("{\"quantity\": 9}").header("if-match", "\"other\""),
                ApiCall.of("PATCH", path(order)).json("{\"status\": \"CANCELLED\"}"),
                ApiCall.of("PATCH", path(order)).json("{\"status\": \"SHIPPED\"}"),
                ApiCall.of("DELETE", path(order)),
                ApiCall.of("DELETE", path(order)).header("if-match", order.header("etag")),
                ApiCall.of("DELETE", path(order)).header("if-match", "\"other\""))) {
            Answer answer = function.send(call.as(BOB, role));
            assertProblem(answer, 404, "not-found");
            Answer absent = function.send(ApiCall.of("GET", "/orders/" + none).as(BOB, role));
            assertThat(answer.json().get("detail").getStringValue().replace(id(order), none.toString()))
                    .isEqualTo(absent.json().get("detail").getStringValue());
            assertThat(answer.header("etag")).isNull();
        }
        assertThat(function.items()).isEqualTo(items);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "CONFIRMED", "SHIPPED", "DELIVERED"})
    void letsACustomerTakeNoStepButToCancel(String status) {
        Answer order = create(ADA);
        assertThat(patch(ADA, order, "{\"status\": \"CANCELLED\"}").status()).isEqualTo(200);
        assertProblem(patch(ADA, order, "{\"status\": \"" + status + "\"}"), 403, "forbidden");
        assertThat(get(ADA, order).json().get("status").getStringValue()).isEqualTo("CANCELLED");
    }

    @Test
    void forbidsAStepThatTheOrderWouldAllow() {
        Answer order = create(ADA);
        assertProblem(patch(ADA, order, "{\"status\": \"CONFIRMED\", \"quantity\": 8}"), 403, "forbidden");
        assertThat(get(ADA, order).json()).isEqualTo(order.json());
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, names = {"STAFF", "OPERATOR"})
    void letsStaffSeeAllOrdersAndTakeTheSteps(Role role) {
        Answer order = create(ADA);
        UUID servant = UUID.randomUUID();
        assertThat(function.send(ApiCall.of("GET", path(order)).as(servant, role)).json()).isEqualTo(order.json());
        assertThat(ids(function.send(ApiCall.of("GET", "/orders").as(servant, role)))).containsExactly(id(order));
        Answer shipped = null;
        for (String status : List.of("CONFIRMED", "SHIPPED", "DELIVERED")) {
            shipped = function.send(ApiCall.of("PATCH", path(order)).as(servant, role)
                    .json("{\"status\": \"" + status + "\"}"));
        }
        assertThat(shipped.json().get("status").getStringValue()).isEqualTo("DELIVERED");
        assertThat(shipped.json().get("customerId").getStringValue()).isEqualTo(ADA.toString());
        assertThat(function.send(ApiCall.of("DELETE", path(order)).as(servant, role)).status()).isEqualTo(204);
    }

    @Test
    void listsToACustomerTheirOwnWhateverTheyFilterBy() {
        Answer first = create(ADA);
        create(BOB);
        Answer second = create(ADA);
        patch(ADA, first, "{\"status\": \"CANCELLED\"}");
        assertThat(ids(list(ADA, ""))).containsExactly(id(second), id(first));
        assertThat(ids(list(ADA, "?status=PENDING"))).containsExactly(id(second));
        assertThat(ids(list(ADA, "?customerEmail=ada%40example.org"))).containsExactly(id(second), id(first));
        assertThat(ids(list(ADA, "?customerEmail=ada%40example.org&status=CANCELLED"))).containsExactly(id(first));
        assertThat(ids(list(UUID.randomUUID(), "?customerEmail=ada%40example.org"))).isEmpty();
    }

    @Test
    void takesACursorOnlyFromWhomeverItWasMadeFor() {
        create(ADA);
        create(ADA);
        create(BOB);
        String own = list(ADA, "?limit=1").json().get("nextCursor").getStringValue();
        String all = function.send(ApiCall.of("GET", "/orders?limit=1").asStaff()).json()
                .get("nextCursor").getStringValue();
        assertThat(list(ADA, "?limit=1&cursor=" + own).status()).isEqualTo(200);
        assertProblem(list(BOB, "?limit=1&cursor=" + own), 400, "invalid-request");
        assertProblem(list(ADA, "?limit=1&cursor=" + all), 400, "invalid-request");
        assertProblem(function.send(ApiCall.of("GET", "/orders?limit=1&cursor=" + own).asStaff()),
                400, "invalid-request");
    }

    @Test
    void countsAnIdempotencyKeyPerCaller() {
        Answer ada = createOnce(ADA, OrderBody.valid());
        Answer bob = createOnce(BOB, OrderBody.valid().with("quantity", "7"));
        assertThat(bob.status()).as(bob.text()).isEqualTo(201);
        assertThat(bob.header("idempotency-replayed")).isNull();
        assertThat(id(bob)).isNotEqualTo(id(ada));
        assertThat(id(createOnce(ADA, OrderBody.valid()))).isEqualTo(id(ada));
    }

    private static Answer create(UUID customer) {
        return function.send(ApiCall.of("POST", "/orders").json(OrderBody.valid().json()).asCustomer(customer));
    }

    private static Answer createOnce(UUID customer, OrderBody body) {
        return function.send(ApiCall.of("POST", "/orders").json(body.json()).header("idempotency-key", "key")
                .asCustomer(customer));
    }

    private static Answer get(UUID customer, Answer order) {
        return function.send(ApiCall.of("GET", path(order)).asCustomer(customer));
    }

    private static Answer patch(UUID customer, Answer order, String patch) {
        return function.send(ApiCall.of("PATCH", path(order)).json(patch).asCustomer(customer));
    }

    private static Answer list(UUID customer, String query) {
        return function.send(ApiCall.of("GET", "/orders" + query).asCustomer(customer));
    }

    private static String path(Answer order) {
        return order.header("location");
    }

    private static String id(Answer order) {
        return order.json().get("id").getStringValue();
    }

    private static List<String> ids(Answer page) {
        return StreamSupport.stream(page.json().get("items").values().spliterator(), false)
                .map(order -> order.get("id").getStringValue())
                .toList();
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("type").getStringValue()).isEqualTo("urn:plinth:problem:" + type);
    }
}
