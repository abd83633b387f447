package dev.plinth.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import io.micronaut.json.tree.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients of the orders service get, through the handler, by events as API Gateway sends them. */
class OrdersHttpTest {

    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z";
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

    @Test
    void createsAnOrder() {
        Answer answer = post(OrderBody.valid().with("shippingAddress", "\"1 High Street\\nLeeds\""));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        JsonNode order = answer.json();
        assertThat(order.get("id").getStringValue())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(order.get("customerName").getStringValue()).isEqualTo("Ada Lovelace");
        assertThat(order.get("customerEmail").getStringValue()).isEqualTo("ada@example.org");
        assertThat(order.get("productName").getStringValue()).isEqualTo("Kettle");
        assertThat(order.get("quantity").getIntValue()).isEqualTo(3);
        assertThat(money(order, "unitPrice")).isEqualTo("12.50 EUR");
        assertThat(money(order, "totalPrice")).isEqualTo("37.50 EUR");
        assertThat(order.get("status").getStringValue()).isEqualTo("PENDING");
        assertThat(order.get("shippingAddress").getStringValue()).isEqualTo("1 High Street\nLeeds");
        assertThat(order.get("createdAt").getStringValue()).matches(TIME);
        assertThat(order.get("updatedAt")).isEqualTo(order.get("createdAt"));
        assertThat(answer.header("location")).isEqualTo("/orders/" + order.get("id").getStringValue());
        assertThat(answer.header("etag")).matches("\"[^\"]+\"");
        assertThat(answer.header("idempotency-replayed")).isNull();

        Answer read = send("GET", answer.header("location"));
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(order);
        assertThat(read.header("etag")).isEqualTo(answer.header("etag"));
        assertThat(read.header("cache-control")).isEqualTo("private, no-cache");
    }

    @Test
    void leavesOutAnAddressThatNobodyGave() {
        assertThat(post(OrderBody.valid()).json().get("shippingAddress")).isNull();
        assertThat(post(OrderBody.valid().with("shippingAddress", "null")).json().get("shippingAddress")).isNull();
    }

    @Test
    void computesPricesExactlyInEveryCurrency() {
        assertThat(total("9999", "1000000", "EUR")).isEqualTo("9999000000.00 EUR");
        assertThat(total("3", "0.1", "USD")).isEqualTo("0.30 USD");
        assertThat(total("7", "15", "JPY")).isEqualTo("105 JPY");
        assertThat(total("10000", "0.01", "KWD")).isEqualTo("100.00 KWD");
    }

    @Test
    void ignoresFieldsThatOnlyTheServerSets() {
        Answer answer = post(OrderBody.valid()
                .with("id", "\"mine\"")
                .with("customerId", "\"mine\"")
                .with("totalPrice", "1")
                .with("createdAt", "false")
                .with("updatedAt", "[]"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(money(answer.json(), "totalPrice")).isEqualTo("37.50 EUR");
        Answer echoed = patch(answer, answer.text());
        assertThat(echoed.status()).as(echoed.text()).isEqualTo(200);
        assertThat(echoed.header("etag")).isEqualTo(answer.header("etag"));
    }

    @Test
    void readsAnOrderByItsIdInUpperCase() {
        Answer created = post(OrderBody.valid());
        String id = created.json().get("id").getStringValue().toUpperCase(Locale.ROOT);
        assertThat(send("GET", "/orders/" + id).json()).isEqualTo(created.json());
    }

    @Test
    void sendsNothingTwiceToAClientThatHasIt() {
        Answer created = post(OrderBody.valid());
        String path = created.header("location");
        String tag = created.header("etag");
        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            Answer answer = call("GET", path).header("if-none-match", known).send(function.function());
            assertThat(answer.status()).as(known).isEqualTo(304);
            assertThat(answer.bytes()).isEmpty();
            assertThat(answer.header("etag")).isEqualTo(tag);
        }
        assertThat(call("GET", path).header("if-none-match", "\"other\"").send(function.function()).status())
                .isEqualTo(200);
    }

    @Test
    void changesWhatAPatchNames() {
        Answer created = post(OrderBody.valid().with("shippingAddress", "\"Leeds\""));
        Answer changed = patch(created, """
                {"quantity": 4, "unitPrice": {"amount": "10"}, "customerEmail": "bob@example.org"}""");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(money(changed.json(), "unitPrice")).isEqualTo("10.00 EUR");
        assertThat(money(changed.json(), "totalPrice")).isEqualTo("40.00 EUR");
        assertThat(changed.json().get("customerName")).isEqualTo(created.json().get("customerName"));
        assertThat(changed.json().get("shippingAddress").getStringValue()).isEqualTo("Leeds");
        assertThat(changed.json().get("createdAt")).isEqualTo(created.json().get("createdAt"));
        assertThat(changed.header("etag")).isNotEqualTo(created.header("etag"));
        assertThat(send("GET", created.header("location")).json()).isEqualTo(changed.json());
        assertThat(ids(send("GET", "/orders?customerEmail=bob%40example.org"))).hasSize(1);
        assertThat(ids(send("GET", "/orders?customerEmail=ada%40example.org"))).isEmpty();
    }

    @Test
    void takesPatchesAsJsonToo() {
        Answer created = post(OrderBody.valid().with("shippingAddress", "\"Leeds\""));
        Answer changed = call("PATCH", created.header("location")).json("{\"shippingAddress\": null}")
                .send(function.function());
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("shippingAddress")).isNull();
    }

    @Test
    void keepsTheEntityTagWhenAPatchChangesNothing() {
        Answer created = post(OrderBody.valid());
        for (String patch : List.of("{}", "{\"status\": \"PENDING\"}", "{\"unitPrice\": {\"amount\": \"12.5\"}}")) {
            Answer same = patch(created, patch);
            assertThat(same.status()).as(patch).isEqualTo(200);
            assertThat(same.header("etag")).isEqualTo(created.header("etag"));
            assertThat(same.json()).isEqualTo(created.json());
        }
    }

    @Test
    void takesAnOrderThroughItsLife() {
        Answer order = post(OrderBody.valid());
        for (String status : List.of("CONFIRMED", "SHIPPED", "DELIVERED")) {
            Answer moved = patch(order, "{\"status\": \"" + status + "\"}");
            assertThat(moved.status()).as(status).isEqualTo(200);
            assertThat(moved.json().get("status").getStringValue()).isEqualTo(status);
        }
    }

    @Test
    void refusesAStepThatTheStatusDoesNotAllow() {
        Answer order = post(OrderBody.valid());
        Answer refused = patch(order, "{\"status\": \"DELIVERED\"}");
        assertProblem(refused, 409, "conflict");
        assertThat(refused.json().get("detail").getStringValue()).contains("CONFIRMED, CANCELLED");
        assertThat(send("GET", order.header("location")).json()).isEqualTo(order.json());
        patch(order, "{\"status\": \"CANCELLED\"}");
        assertProblem(patch(order, "{\"status\": \"PENDING\"}"), 409, "conflict");
    }

    @Test
    void changesNothingInAnOrderThatHasLeft() {
        Answer order = post(OrderBody.valid());
        patch(order, "{\"status\": \"CONFIRMED\"}");
        Answer shipped = patch(order, "{\"status\": \"SHIPPED\", \"quantity\": 5}");
        assertThat(shipped.status()).isEqualTo(200);
        assertProblem(patch(order, "{\"quantity\": 6}"), 409, "conflict");
        assertThat(send("GET", order.header("location")).json()).isEqualTo(shipped.json());
    }

    @Test
    void changesOnlyTheStateThatIfMatchNames() {
        Answer created = post(OrderBody.valid());
        Answer first = patchIf(created, created.header("etag"), "{\"quantity\": 4}");
        assertThat(first.status()).isEqualTo(200);
        assertProblem(patchIf(created, created.header("etag"), "{\"quantity\": 5}"), 412, "stale");
        assertProblem(patchIf(created, "W/" + first.header("etag"), "{\"quantity\": 5}"), 412, "stale");
        assertThat(send("GET", created.header("location")).json()).isEqualTo(first.json());
        assertThat(patchIf(created, "\"x\", " + first.header("etag"), "{\"quantity\": 6}").status()).isEqualTo(200);
        assertThat(patchIf(created, "*", "{\"quantity\": 7}").status()).isEqualTo(200);
    }

    @Test
    void losesNoChangeOfTwoClients() throws Exception {
        Answer order = post(OrderBody.valid());
        int changes = 15;
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try {
            Future<?> quantities = clients.submit(() -> IntStream.rangeClosed(1, changes).forEach(number ->
                    patchAtLast(order, "{\"quantity\": " + number + "}")));
            Future<?> names = clients.submit(() -> IntStream.rangeClosed(1, changes).forEach(number ->
                    patchAtLast(order, "{\"productName\": \"P" + number + "\"}")));
            quantities.get();
            names.get();
        } finally {
            clients.shutdownNow();
        }
        JsonNode last = send("GET", order.header("location")).json();
        assertThat(last.get("quantity").getIntValue()).isEqualTo(changes);
        assertThat(last.get("productName").getStringValue()).isEqualTo("P" + changes);
    }

    @Test
    void createsOneOrderWhenRequestsWithOneKeyRace() throws Exception {
        int clients = 6;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<Future<Answer>> answers = new ArrayList<>();
        try {
            for (int client = 0; client < clients; client++) {
                answers.add(threads.submit(() -> postOnce("key-1", OrderBody.valid())));
            }
            Set<JsonNode> orders = new HashSet<>();
            int replayed = 0;
            for (Future<Answer> each : answers) {
                Answer answer = each.get();
                assertThat(answer.status()).as(answer.text()).isEqualTo(201);
                orders.add(answer.json());
                replayed += answer.header("idempotency-replayed") == null ? 0 : 1;
            }
            assertThat(orders).hasSize(1);
            assertThat(replayed).isEqualTo(clients - 1);
            assertThat(function.items()).hasSize(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void removesAnOrder() {
        Answer order = post(OrderBody.valid());
        Answer removed = send("DELETE", order.header("location"));
        assertThat(removed.status()).isEqualTo(204);
        assertThat(removed.bytes()).isEmpty();
        assertThat(function.items()).isEmpty();
        assertProblem(send("GET", order.header("location")), 404, "not-found");
        assertProblem(send("DELETE", order.header("location")), 404, "not-found");
        assertProblem(patch(order, "{}"), 404, "not-found");
        assertProblem(patchIf(order, order.header("etag"), "{}"), 404, "not-found");
    }

    @Test
    void removesOnlyTheStateThatIfMatchNames() {
        Answer order = post(OrderBody.valid());
        Answer changed = patch(order, "{\"status\": \"CONFIRMED\"}");
        assertProblem(removeIf(order, order.header("etag")), 412, "stale");
        assertThat(send("GET", order.header("location")).status()).isEqualTo(200);
        assertThat(removeIf(order, changed.header("etag")).status()).isEqualTo(204);
    }

    @Test
    void repeatsTheFirstAnswerToARepeatedRequest() {
        Answer first = postOnce("key-1", OrderBody.valid());
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("idempotency-replayed")).isNull();
        patch(first, "{\"status\": \"CONFIRMED\"}");
        // The same request in other words: order of fields, spelling of the amount, fields that are ignored.
        Answer again = postOnce("key-1", OrderBody.valid()
                .without("customerName")
                .with("unitPrice", "{\"currency\": \"EUR\", \"amount\": \"12.5\"}")
                .with("customerName", "\"Ada \\u004covelace\"")
                .with("shippingAddress", "null")
                .with("id", "\"x\""));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("location")).isEqualTo(first.header("location"));
        assertThat(again.header("etag")).isEqualTo(first.header("etag"));
        assertThat(ids(send("GET", "/orders"))).hasSize(1);
    }

    @Test
    void refusesAKeyThatHasCreatedAnotherOrder() {
        postOnce("key-1", OrderBody.valid());
        assertProblem(postOnce("key-1", OrderBody.valid().with("quantity", "4")), 422, "key-reused");
        assertProblem(postOnce("key-1", OrderBody.valid().with("shippingAddress", "\"Leeds\"")), 422, "key-reused");
        assertThat(function.items()).hasSize(2);
        assertThat(postOnce("key-2", OrderBody.valid().with("quantity", "4")).status()).isEqualTo(201);
    }

    @Test
    void pagesThroughAList() {
        Set<String> created = new HashSet<>();
        IntStream.range(0, 6).forEach(number ->
                created.add(post(OrderBody.valid()).json().get("id").getStringValue()));
        List<String> listed = new ArrayList<>();
        Answer first = send("GET", "/orders?limit=2");
        Answer second = send("GET", "/orders?limit=2&cursor=" + cursor(first));
        Answer third = send("GET", link(second));
        for (Answer page : List.of(first, second, third)) {
            assertThat(page.status()).isEqualTo(200);
            assertThat(ids(page)).hasSize(2);
            listed.addAll(ids(page));
        }
        assertThat(listed).doesNotHaveDuplicates().hasSameElementsAs(created);
        assertThat(third.json().get("nextCursor")).isNull();
        assertThat(third.header("link")).isNull();
    }

    @Test
    void filtersAList() {
        Answer ada = post(OrderBody.valid());
        Answer bob = post(OrderBody.valid().with("customerEmail", "\"Bob+shop@Example.org\""));
        patch(bob, "{\"status\": \"CANCELLED\"}");
        assertThat(ids(send("GET", "/orders?status=PENDING"))).containsExactly(id(ada));
        assertThat(ids(send("GET", "/orders?customerEmail=bob%2Bshop%40example.org"))).containsExactly(id(bob));
        assertThat(ids(send("GET", "/orders?customerEmail=bob%2Bshop%40example.org&status=CANCELLED")))
                .containsExactly(id(bob));
        assertThat(ids(send("GET", "/orders?customerEmail=bob%2Bshop%40example.org&status=PENDING"))).isEmpty();
        assertThat(ids(send("GET", "/orders"))).containsExactly(id(bob), id(ada));
    }

    @Test
    void keepsTheFilterInTheLinkToTheNextPage() {
        IntStream.range(0, 3).forEach(number ->
                post(OrderBody.valid().with("customerEmail", "\"bob+shop@example.org\"")));
        post(OrderBody.valid());
        Answer first = send("GET", "/orders?status=PENDING&limit=2&customerEmail=bob%2Bshop%40example.org");
        Answer second = send("GET", link(first));
        assertThat(second.status()).as(second.text()).isEqualTo(200);
        assertThat(ids(second)).hasSize(1).doesNotContainAnyElementsOf(ids(first));
    }

    @Test
    void writesAnEmptyListAsSuch() {
        assertThat(send("GET", "/orders").text()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void tellsThatItsTableAnswers() {
        Answer answer = send("GET", "/orders/health/check");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("status").getStringValue()).isEqualTo("UP");
        assertThat(answer.json().get("checks").get("orders-table").get("status").getStringValue()).isEqualTo("UP");
    }

    @Test
    void tellsThatItsTableIsGone() {
        try (OrdersFunction broken = new OrdersFunction()) {
            broken.table().dynamo().deleteTable(request -> request.tableName(broken.table().name()));
            Answer answer = broken.send(call("GET", "/orders/health/check"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().get("checks").get("orders-table").get("status").getStringValue())
                    .isEqualTo("DOWN");
            assertThat(answer.text()).doesNotContain("ResourceNotFound");
        }
    }

    @Test
    void writesNothingBeforeACheckpoint() {
        function.function().beforeCheckpoint(null);
        assertThat(function.items()).isEmpty();
        assertThat(post(OrderBody.valid()).status()).isEqualTo(201);
    }

    @Test
    void storesOrdersUnderTheirKeys() {
        Answer order = postOnce("key-1", OrderBody.valid().with("customerEmail", "\"Ada@Example.org\""));
        assertThat(function.items()).extracting(item -> item.get("pk").s()).containsExactlyInAnyOrder(
                "ORDER#" + id(order), "IDEMPOTENCY#" + order.json().get("customerId").getStringValue() + "#key-1");
        assertThat(function.items()).allSatisfy(item -> assertThat(item.get("sk")).isEqualTo(item.get("pk")));
        assertThat(function.items()).filteredOn(item -> item.containsKey("id")).singleElement().satisfies(item -> {
            assertThat(item.get("customerKey").s()).isEqualTo("ada@example.org");
            assertThat(item.get("listPosition").s())
                    .isEqualTo(order.json().get("createdAt").getStringValue() + "#" + id(order));
        });
        assertThat(function.items()).filteredOn(item -> item.containsKey("expiresAt")).singleElement().satisfies(item ->
                assertThat(Long.parseLong(item.get("expiresAt").n()))
                        .isBetween(now() + 24 * 3600 - 60, now() + 24 * 3600));
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    private static String total(String quantity, String amount, String currency) {
        Answer answer = post(OrderBody.valid()
                .with("quantity", quantity)
                .with("unitPrice", "{\"amount\": \"" + amount + "\", \"currency\": \"" + currency + "\"}"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return money(answer.json(), "totalPrice");
    }

    private static String money(JsonNode order, String field) {
        JsonNode money = order.get(field);
        return money.get("amount").getStringValue() + " " + money.get("currency").getStringValue();
    }

    private static String id(Answer order) {
        return order.json().get("id").getStringValue();
    }

    private static List<String> ids(Answer page) {
        return StreamSupport.stream(page.json().get("items").values().spliterator(), false)
                .map(order -> order.get("id").getStringValue())
                .toList();
    }

    private static String cursor(Answer page) {
        return URLEncoder.encode(page.json().get("nextCursor").getStringValue(), StandardCharsets.UTF_8);
    }

    private static String link(Answer page) {
        assertThat(page.header("link")).matches("</orders\\?[^>]+>; rel=\"next\"");
        return page.header("link").replaceAll("<(.*)>.*", "$1");
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("type").getStringValue()).isEqualTo("urn:plinth:problem:" + type);
    }

    private static Answer post(OrderBody body) {
        return call("POST", "/orders").json(body.json()).send(function.function());
    }

    private static Answer postOnce(String key, OrderBody body) {
        return call("POST", "/orders").header("idempotency-key", key).json(body.json()).send(function.function());
    }

    private static Answer patch(Answer order, String patch) {
        return patchCall(order, patch).send(function.function());
    }

    /** Does what a client does: asks again when the service says that too many others are at it. */
    private static void patchAtLast(Answer order, String patch) {
        Answer answer;
        do {
            answer = patch(order, patch);
        } while (answer.status() == 503);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static Answer patchIf(Answer order, String tags, String patch) {
        return patchCall(order, patch).header("if-match", tags).send(function.function());
    }

    private static ApiCall patchCall(Answer order, String patch) {
        return call("PATCH", order.header("location"))
                .header("content-type", "application/merge-patch+json")
                .body(patch);
    }

    private static Answer removeIf(Answer order, String tags) {
        return call("DELETE", order.header("location")).header("if-match", tags).send(function.function());
    }

    private static Answer send(String method, String path) {
        return call(method, path).send(function.function());
    }

    private static ApiCall call(String method, String path) {
        return ApiCall.of(method, path).asStaff();
    }
}
