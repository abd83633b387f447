package dev.plinth.todos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Role;
import dev.plinth.contract.TodosTable;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import io.micronaut.json.tree.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What users of the todos service get, through the handler, by events as API Gateway sends them. */
class TodosHttpTest {

    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z";
    private static TodosFunction function;

    /** Each test has a user, and so a partition, of its own. */
    private final UUID user = UUID.randomUUID();
    private final UUID stranger = UUID.randomUUID();

    @BeforeAll
    static void start() {
        function = new TodosFunction();
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @Test
    void createsATodoAndReadsIt() {
        Answer answer = create("{\"title\": \"Water the ferns \\ud83c\\udf3f\", \"note\": \"a\\nb\","
                + " \"priority\": \"HIGH\", \"dueAt\": \"2026-03-01T12:00:00.123456Z\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        JsonNode todo = answer.json();
        assertThat(text(todo, "id")).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(text(todo, "title")).isEqualTo("Water the ferns \ud83c\udf3f");
        assertThat(text(todo, "note")).isEqualTo("a\nb");
        assertThat(text(todo, "dueAt")).isEqualTo("2026-03-01T12:00:00.123Z");
        assertThat(text(todo, "priority")).isEqualTo("HIGH");
        assertThat(text(todo, "status")).isEqualTo("OPEN");
        assertThat(text(todo, "createdAt")).matches(TIME);
        assertThat(todo.get("updatedAt")).isEqualTo(todo.get("createdAt"));
        assertThat(todo.get("expiresAt")).isNull();
        assertThat(Instant.parse(text(todo, "createdAt"))).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(answer.header("location")).isEqualTo("/todos/" + text(todo, "id"));
        assertThat(answer.header("etag")).matches("\"[^\"]+\"");
        assertThat(answer.header("idempotency-replayed")).isNull();

        Answer read = get(answer.header("location"));
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(todo);
        assertThat(read.header("etag")).isEqualTo(answer.header("etag"));
        assertThat(read.header("cache-control")).isEqualTo("private, no-cache");
    }

    @Test
    void leavesOutWhatNobodyGave() {
        JsonNode todo = create("{\"title\": \"Short\", \"note\": null, \"id\": 7, \"createdAt\": false}").json();
        assertThat(todo.get("note")).isNull();
        assertThat(todo.get("dueAt")).isNull();
        assertThat(text(todo, "priority")).isEqualTo("NORMAL");
    }

    @Test
    void takesIdsInUpperCase() {
        Answer created = create("{\"title\": \"A\"}");
        assertThat(get(created.header("location").toUpperCase(Locale.ROOT).replace("/TODOS", "/todos")).json())
                .isEqualTo(created.json());
        assertThat(get("/users/" + user.toString().toUpperCase(Locale.ROOT) + "/todos").status()).isEqualTo(200);
    }

    @Test
    void sendsNothingTwiceToAClientThatHasIt() {
        Answer created = create("{\"title\": \"A\"}");
        Answer again = call("GET", created.header("location")).header("if-none-match", created.header("etag"))
                .asCustomer(user).send(function.function());
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
        assertThat(again.header("etag")).isEqualTo(created.header("etag"));
    }

    @Test
    void replacesAllThatTheBodyLeavesOut() {
        Answer created = create("{\"title\": \"A\", \"note\": \"n\", \"dueAt\": \"2026-03-01T12:00:00Z\","
                + " \"priority\": \"LOW\"}");
        Answer replaced = put(created, "{\"title\": \"B\", \"status\": \"DONE\"}");
        assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
        JsonNode todo = replaced.json();
        assertThat(text(todo, "title")).isEqualTo("B");
        assertThat(text(todo, "status")).isEqualTo("DONE");
        assertThat(text(todo, "priority")).isEqualTo("NORMAL");
        assertThat(todo.get("note")).isNull();
        assertThat(todo.get("dueAt")).isNull();
        assertThat(todo.get("createdAt")).isEqualTo(created.json().get("createdAt"));
        assertThat(replaced.header("etag")).isNotEqualTo(created.header("etag"));
        assertThat(get(created.header("location")).json()).isEqualTo(todo);
    }

    @Test
    void takesBackARepresentationAsItGaveIt() {
        Answer created = create("{\"title\": \"A\", \"note\": \"n\", \"dueAt\": \"2026-03-01T12:00:00Z\"}");
        Answer same = put(created, created.text());
        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(same.header("etag")).as("nothing has changed").isEqualTo(created.header("etag"));
        assertThat(same.json()).isEqualTo(created.json());
    }

    @Test
    void keepsAnArchivedTodoForThirtyDaysAndOneThatIsBroughtBackForEver() {
        Answer created = create("{\"title\": \"A\"}");
        JsonNode archived = put(created, "{\"title\": \"A\", \"status\": \"ARCHIVED\"}").json();
        Instant expiry = Instant.parse(text(archived, "expiresAt"));
        assertThat(expiry).isBetween(Instant.now().plus(30, ChronoUnit.DAYS), Instant.now().plus(31, ChronoUnit.DAYS))
                .isEqualTo(expiry.truncatedTo(ChronoUnit.DAYS));
        assertThat(item(archived).get(TodosTable.EXPIRES_AT).n()).isEqualTo(Long.toString(expiry.getEpochSecond()));
        JsonNode renamed = put(created, "{\"title\": \"B\", \"status\": \"ARCHIVED\"}").json();
        assertThat(renamed.get("expiresAt")).isEqualTo(archived.get("expiresAt"));
        JsonNode back = put(created, "{\"title\": \"A\", \"status\": \"OPEN\"}").json();
        assertThat(back.get("expiresAt")).isNull();
        assertThat(item(back)).doesNotContainKey(TodosTable.EXPIRES_AT);
    }

    @Test
    void showsNoTodoThatHasExpiredThoughTheTableStillHasIt() {
        Answer created = create("{\"title\": \"A\"}");
        put(created, "{\"title\": \"A\", \"status\": \"ARCHIVED\"}");
        String now = Long.toString(Instant.now().getEpochSecond());
        function.table().dynamo().updateItem(request -> request.tableName(function.table().name())
                .key(TodoItems.todoKey(user, UUID.fromString(text(created.json(), "id"))))
                .updateExpression("SET #expiresAt = :now")
                .expressionAttributeNames(Map.of("#expiresAt", TodosTable.EXPIRES_AT))
                .expressionAttributeValues(Map.of(":now", AttributeValue.fromN(now))));
        assertThat(get(created.header("location")).status()).isEqualTo(404);
        assertThat(put(created, "{\"title\": \"A\", \"status\": \"OPEN\"}").status()).isEqualTo(404);
        assertThat(delete(created.header("location")).status()).isEqualTo(404);
        assertThat(items(get(list("")))).isEmpty();
        assertThat(items(get(list("?status=ARCHIVED")))).isEmpty();
    }

    @Test
    void changesOnlyTheStateThatIfMatchNames() {
        Answer created = create("{\"title\": \"A\"}");
        String path = created.header("location");
        String body = "{\"title\": \"B\", \"status\": \"OPEN\"}";
        Answer changed = send(call("PUT", path).header("if-match", created.header("etag")).json(body));
        assertThat(changed.status()).isEqualTo(200);
        Answer stale = send(call("PUT", path).header("if-match", created.header("etag"))
                .json("{\"title\": \"C\", \"status\": \"OPEN\"}"));
        assertThat(stale.status()).isEqualTo(412);
        assertThat(send(call("DELETE", path).header("if-match", created.header("etag"))).status()).isEqualTo(412);
        assertThat(get(path).json()).isEqualTo(changed.json());
        assertThat(send(call("DELETE", path).header("if-match", changed.header("etag"))).status()).isEqualTo(204);
        assertThat(get(path).status()).isEqualTo(404);
        assertThat(send(call("PUT", path).header("if-match", "*").json(body)).status()).isEqualTo(404);
        assertThat(delete(path).status()).isEqualTo(404);
    }

    @Test
    void createsOneTodoForAKeyHoweverOftenItIsSent() {
        ApiCall call = call("POST", "/users/" + user + "/todos").header("idempotency-key", "k-1")
                .json("{\"title\": \"A\"}");
        Answer first = send(call);
        Answer second = send(call);
        assertThat(first.header("idempotency-replayed")).isNull();
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("idempotency-replayed")).isEqualTo("true");
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("location")).isEqualTo(first.header("location"));
        assertThat(items(get(list("")))).hasSize(1);
        Answer other = send(call("POST", "/users/" + user + "/todos").header("idempotency-key", "k-1")
                .json("{\"title\": \"B\"}"));
        assertThat(other.status()).isEqualTo(422);
        Answer stranger = function.send(this.stranger, call("POST", "/users/" + this.stranger + "/todos")
                .header("idempotency-key", "k-1").json("{\"title\": \"A\"}"));
        assertThat(stranger.header("idempotency-replayed")).as("a key is of one user").isNull();
    }

    @Test
    void listsPagesByTheirCursorsAndLinks() {
        List<String> created = new ArrayList<>(IntStream.range(0, 5)
                .mapToObj(n -> text(create("{\"title\": \"" + n + "\"}").json(), "id")).toList());
        Collections.reverse(created);
        Answer first = get(list("?limit=2"));
        assertThat(ids(first)).isEqualTo(created.subList(0, 2));
        String link = first.header("link");
        assertThat(link).startsWith("</users/" + user + "/todos?limit=2&cursor=").endsWith(">; rel=\"next\"");
        Answer second = get(link.substring(1, link.indexOf('>')));
        assertThat(ids(second)).isEqualTo(created.subList(2, 4));
        create("{\"title\": \"newer\"}");
        Answer third = get(list("?limit=2&cursor=" + text(second.json(), "nextCursor")));
        assertThat(ids(third)).isEqualTo(created.subList(4, 5));
        assertThat(third.json().get("nextCursor")).isNull();
        assertThat(third.header("link")).isNull();
        assertThat(get("/users/" + user + "/todos?status=DONE").text()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void listsByStatusAndByDueTime() {
        Answer late = create("{\"title\": \"late\", \"dueAt\": \"2026-03-03T00:00:00Z\"}");
        Answer early = create("{\"title\": \"early\", \"dueAt\": \"2026-03-02T00:00:00Z\"}");
        Answer done = create("{\"title\": \"done\", \"dueAt\": \"2026-03-01T00:00:00Z\"}");
        put(done, "{\"title\": \"done\", \"status\": \"DONE\", \"dueAt\": \"2026-03-01T00:00:00Z\"}");
        create("{\"title\": \"whenever\"}");
        assertThat(titles(get(list("?status=OPEN")))).containsExactly("whenever", "early", "late");
        assertThat(titles(get(list("?status=DONE")))).containsExactly("done");
        Answer due = get(list("?limit=1&due=2026-03-03T00:00:00.001Z"));
        assertThat(titles(due)).containsExactly("early");
        String link = due.header("link");
        assertThat(titles(get(link.substring(1, link.indexOf('>'))))).containsExactly("late");
        assertThat(titles(get(list("?due=2026-03-03T00:00:00Z")))).containsExactly("early");
        assertThat(ids(due)).containsExactly(text(early.json(), "id"));
        assertThat(late.status()).isEqualTo(201);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void showsAStrangerNothingWhateverTheirRole(Role role) {
        Answer created = create("{\"title\": \"A\"}");
        String path = created.header("location");
        String absent = "/todos/" + UUID.randomUUID();
        for (ApiCall call : List.of(call("GET", path), call("DELETE", path),
                call("PUT", path).json("{\"title\": \"B\", \"status\": \"DONE\"}"),
                call("GET", list("")), call("GET", list("?status=OPEN")),
                call("POST", list("")).json("{\"title\": \"B\"}"))) {
            Answer answer = call.as(stranger, role).send(function.function());
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).doesNotContain("\"A\"");
        }
        Answer foreign = call("GET", path).as(stranger, role).send(function.function());
        Answer nothing = call("GET", absent).as(stranger, role).send(function.function());
        assertThat(foreign.text().replace(path.substring(7), "ID").replace(foreign.requestId(), "R"))
                .as("another's is as absent as one that never was")
                .isEqualTo(nothing.text().replace(absent.substring(7), "ID").replace(nothing.requestId(), "R"));
        assertThat(get(path).json()).isEqualTo(created.json());
        assertThat(items(get(list("")))).hasSize(1);
    }

    @Test
    void letsNobodyInWithoutACaller() {
        for (ApiCall call : List.of(call("GET", "/todos/" + user), call("DELETE", "/todos/" + user),
                call("PUT", "/todos/" + user).json("{}"), call("GET", list("")),
                call("POST", list("")).json("{\"title\": \"B\"}").header("x-user-id", user.toString()))) {
            assertThat(call.send(function.function()).status()).isEqualTo(401);
        }
        assertThat(function.table().things(user)).isEmpty();
    }

    @Test
    void refusesMoreTodosThanAUserMayKeep() {
        Answer kept = create("{\"title\": \"A\"}");
        function.table().dynamo().updateItem(request -> request.tableName(function.table().name())
                .key(TodoItems.figuresKey(user))
                .updateExpression("SET #kept = :kept")
                .expressionAttributeNames(Map.of("#kept", TodoItems.KEPT))
                .expressionAttributeValues(Map.of(":kept", TodoItems.number(Todos.MOST_KEPT))));
        Answer refused = create("{\"title\": \"B\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(text(refused.json(), "detail")).contains("1000", "Archive or delete");
        assertThat(put(kept, "{\"title\": \"A\", \"status\": \"ARCHIVED\"}").status()).isEqualTo(200);
        assertThat(create("{\"title\": \"B\"}").status()).isEqualTo(201);
    }

    private Answer create(String body) {
        return function.create(user, body);
    }

    private Answer get(String path) {
        return send(call("GET", path));
    }

    private Answer delete(String path) {
        return send(call("DELETE", path));
    }

    private Answer put(Answer created, String body) {
        return send(call("PUT", created.header("location")).json(body));
    }

    private Answer send(ApiCall call) {
        return function.send(user, call);
    }

    private String list(String query) {
        return "/users/" + user + "/todos" + query;
    }

    private Map<String, AttributeValue> item(JsonNode todo) {
        return function.table().dynamo().getItem(request -> request.tableName(function.table().name())
                .key(TodoItems.todoKey(user, UUID.fromString(text(todo, "id")))).consistentRead(true)).item();
    }

    private static ApiCall call(String method, String path) {
        return ApiCall.of(method, path);
    }

    private static List<JsonNode> items(Answer page) {
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        return StreamSupport.stream(page.json().get("items").values().spliterator(), false).toList();
    }

    private static List<String> ids(Answer page) {
        return items(page).stream().map(todo -> text(todo, "id")).toList();
    }

    private static List<String> titles(Answer page) {
        return items(page).stream().map(todo -> text(todo, "title")).toList();
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).getStringValue();
    }
}
