package dev.plinth.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A system in memory that keeps the promises that the demo looks at, and no others; with the inbox of its people. */
final class PretendPlinth implements Api, Inbox {
    static final String OPERATOR = "operator@plinth.example";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOT_FOUND = "{}";

    private final Map<String, ObjectNode> users = new LinkedHashMap<>();
    private final Map<String, ObjectNode> sessions = new LinkedHashMap<>();
    private final Map<String, ObjectNode> todos = new LinkedHashMap<>();
    private final Map<String, ObjectNode> orders = new LinkedHashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final PretendStudio studio = new PretendStudio();
    private final Map<String, Deque<String>> codes = new HashMap<>();

    PretendStudio studio() {
        return studio;
    }

    /** Returns whether nobody and nothing is left. */
    boolean isEmpty() {
        return users.isEmpty() && orders.isEmpty() && studio.isEmpty();
    }

    @Override
    public String nextCode(String address) {
        return codes.get(address).pop();
    }

    @Override
    public String address(String tag) {
        return "demo+" + tag + "@plinth.example";
    }

    @Override
    public String nextToken(String address) {
        return "token";
    }

    @Override
    public String phone() {
        return "+14155550100";
    }

    @Override
    public String nextTextedCode() {
        return "123456";
    }

    @Override
    public String webhook() {
        return "https://hooks.plinth.example/demo";
    }

    @Override
    public String nextConfirmation() {
        return "token";
    }

    @Override
    public void awaitNotice(String event, String subject) {
        if (!studio.hasTold(event, subject)) {
            throw new BrokenPromise("no " + event);
        }
    }

    @Override
    public Answer send(Call call) {
        JsonNode body = parse(call.body().orElse("{}"));
        Optional<ObjectNode> open = open(call, body);
        if (open.isPresent()) {
            return answer(open.get());
        }
        String token = call.headers().getOrDefault("Authorization", "");
        if (token.isEmpty()) {
            return answer(refused(401));
        }
        Optional<ObjectNode> session = sessions.values().stream()
                .filter(each -> token.equals("Bearer " + each.path("accessToken").asText())).findFirst();
        if (session.isEmpty()) {
            return answer(refused(token.endsWith("e30.e30.e30") ? 403 : 401));
        }
        ObjectNode user = users.get(session.get().path("userId").asText());
        return answer(switch (call.route().split("/")[1].split("\\{")[0]) {
            case "api" -> studio.answer(call, body, user);
            case "orders" -> orders(call, body, user);
            case "sessions" -> sessions(call, session.get());
            case "dashboard" -> dashboard(call, user);
            default -> call.route().contains("todos") ? todos(call, body, user) : users(call, body, user);
        });
    }

    private Optional<ObjectNode> open(Call call, JsonNode body) {
        return Optional.ofNullable(switch (call.route()) {
            case "GET /health", "GET /orders/health/check" -> of(200, "{\"status\":\"UP\"}");
            case "GET /openapi.yml" -> of(200, "{\"text\":\"openapi: 3.0.1\"}");
            case "GET /.well-known/jwks.json" -> of(200, "{\"keys\":[{\"kid\":\"1\",\"kty\":\"EC\"}]}");
            case "POST /users" -> signUp(body);
            case "POST /verification-codes" -> of(202, "{}");
            case "POST /verifications" -> verify(body);
            case "POST /password-reset-codes" -> mailCode(body.path("email").asText());
            case "POST /password-resets" -> resetPassword(body);
            case "POST /sessions" -> signIn(body);
            case "POST /sessions/refresh" -> refresh(body);
            default -> null;
        });
    }

    private ObjectNode signUp(JsonNode body) {
        if (userOf(body).isPresent()) {
            return refused(409);
        }
        ObjectNode user = ((ObjectNode) body.deepCopy()).put("id", UUID.randomUUID().toString())
                .put("role", "CUSTOMER");
        users.put(user.path("id").asText(), user);
        mailCode(body.path("email").asText());
        ObjectNode shown = user.deepCopy();
        shown.remove("password");
        return shown.put("=status", 201).put("=Location", "/users");
    }

    private Optional<ObjectNode> userOf(JsonNode body) {
        String email = body.path("email").asText().toLowerCase(Locale.ROOT);
        return users.values().stream()
                .filter(user -> user.path("email").asText().toLowerCase(Locale.ROOT).equals(email)).findFirst();
    }

    private ObjectNode mailCode(String email) {
        String code = String.valueOf(100_000 + (int) (Math.random() * 900_000));
        codes.computeIfAbsent(email, address -> new ArrayDeque<>()).push(code);
        userOf(JSON.createObjectNode().put("email", email)).ifPresent(user -> user.put("code", code));
        return of(202, "{}");
    }

    private ObjectNode verify(JsonNode body) {
        ObjectNode user = userOf(body).orElseThrow();
        if (!user.path("code").equals(body.path("code"))) {
            return refused(400);
        }
        user.put("verified", true).put("role", user.path("email").asText().equals(OPERATOR) ? "OPERATOR" : "CUSTOMER");
        return of(204, "{}");
    }

    private ObjectNode resetPassword(JsonNode body) {
        ObjectNode user = userOf(body).orElseThrow();
        user.set("password", body.path("password"));
        sessions.values().removeIf(session -> session.path("userId").equals(user.path("id")));
        return of(204, "{}");
    }

    private ObjectNode signIn(JsonNode body) {
        Optional<ObjectNode> user = userOf(body).filter(known -> known.path("password").equals(body.path("password")));
        if (user.isEmpty() || !user.get().path("verified").asBoolean()) {
            return refused(user.isEmpty() ? 401 : 403);
        }
        String id = UUID.randomUUID().toString();
        ObjectNode session = JSON.createObjectNode().put("id", id).put("current", false);
        session.set("userId", user.get().path("id"));
        session.set("device", body.path("device"));
        sessions.put(id, session);
        return tokens(session).put("=status", 201);
    }

    private ObjectNode tokens(ObjectNode session) {
        session.put("accessToken", UUID.randomUUID().toString()).put("refreshToken", UUID.randomUUID().toString());
        ObjectNode tokens = JSON.createObjectNode().put("tokenType", "Bearer");
        tokens.set("accessToken", session.path("accessToken"));
        tokens.set("refreshToken", session.path("refreshToken"));
        tokens.set("session", session.deepCopy());
        return tokens.put("=status", 200);
    }

    private ObjectNode refresh(JsonNode body) {
        String token = body.path("refreshToken").asText();
        Optional<ObjectNode> session = sessions.values().stream()
                .filter(each -> each.path("refreshToken").asText().equals(token)).findFirst();
        if (session.isPresent()) {
            session.get().put("used", token);
            return tokens(session.get());
        }
        // A token that was used before ends its session.
        sessions.values().removeIf(each -> each.path("used").asText().equals(token));
        return refused(401);
    }

    private ObjectNode users(Call call, JsonNode body, ObjectNode caller) {
        ObjectNode user = users.get(call.id());
        boolean operator = caller.path("role").asText().equals("OPERATOR");
        if (call.route().equals("PUT /users/{id}/role")) {
            sessions.values().removeIf(session -> operator && session.path("userId").asText().equals(call.id()));
            return operator ? user.put("role", body.path("role").asText()).deepCopy().put("=status", 200)
                    : refused(403);
        }
        if (user == null || !operator && user != caller) {
            return of(404, NOT_FOUND);
        }
        if (call.method().equals("DELETE")) {
            users.remove(call.id());
            studio.forget(call.id());
            sessions.values().removeIf(session -> session.path("userId").asText().equals(call.id()));
            return of(204, "{}");
        }
        if (call.method().equals("PATCH")) {
            return patch(call, body, user);
        }
        return tagged(user);
    }

    private ObjectNode patch(Call call, JsonNode body, ObjectNode what) {
        String wanted = call.headers().get("If-Match");
        if (wanted != null && !wanted.equals(tag(what))) {
            return refused(412);
        }
        what.setAll((ObjectNode) body);
        return tagged(what);
    }

    private static String tag(ObjectNode what) {
        return "\"" + what.hashCode() + "\"";
    }

    private static ObjectNode tagged(ObjectNode what) {
        return what.deepCopy().put("=status", 200).put("=ETag", tag(what));
    }

    private ObjectNode sessions(Call call, ObjectNode current) {
        return switch (call.route()) {
            case "GET /sessions" -> items(sessions, "userId", current.path("userId").asText());
            case "GET /sessions/{id}" -> sessions.get(call.id()).deepCopy().put("=status", 200);
            case "DELETE /sessions/{id}" -> {
                sessions.remove(call.id());
                yield of(204, "{}");
            }
            default -> {
                sessions.values().removeIf(session -> session.path("userId").equals(current.path("userId")));
                yield of(204, "{}");
            }
        };
    }

    private static ObjectNode items(Map<String, ObjectNode> all, String owner, String id) {
        ObjectNode list = JSON.createObjectNode().put("=status", 200);
        all.values().stream().filter(each -> each.path(owner).asText().equals(id))
                .forEach(list.withArray("items")::add);
        return list;
    }

    private ObjectNode todos(Call call, JsonNode body, ObjectNode caller) {
        String callerId = caller.path("id").asText();
        if (call.route().contains("/users/{id}") && !call.id().equals(callerId)) {
            return of(404, NOT_FOUND);
        }
        if (call.route().equals("POST /users/{id}/todos")) {
            ObjectNode todo = ((ObjectNode) body).put("id", UUID.randomUUID().toString()).put("status", "OPEN")
                    .put("owner", callerId);
            todos.put(todo.path("id").asText(), todo);
            return tagged(todo).put("=status", 201).put("=Location", "/todos");
        }
        if (call.route().equals("GET /users/{id}/todos")) {
            return items(todos, "owner", callerId);
        }
        ObjectNode todo = todos.get(call.id());
        if (todo == null || !todo.path("owner").asText().equals(callerId)) {
            return of(404, NOT_FOUND);
        }
        if (call.method().equals("DELETE")) {
            todos.remove(call.id());
            return of(204, "{}");
        }
        return call.method().equals("PUT") ? patch(call, body, todo) : tagged(todo);
    }

    private ObjectNode dashboard(Call call, ObjectNode caller) {
        if (!call.id().equals(caller.path("id").asText())) {
            return of(404, NOT_FOUND);
        }
        ObjectNode figures = JSON.createObjectNode().put("open", count("OPEN", call.id()))
                .put("done", count("DONE", call.id()));
        ObjectNode answer = JSON.createObjectNode().put("=status", 200);
        answer.set("user", caller);
        answer.set("todos", figures);
        return answer;
    }

    private long count(String status, String owner) {
        return todos.values().stream().filter(todo -> todo.path("status").asText().equals(status)
                && todo.path("owner").asText().equals(owner)).count();
    }

    private ObjectNode orders(Call call, JsonNode body, ObjectNode caller) {
        boolean customer = caller.path("role").asText().equals("CUSTOMER");
        if (call.route().equals("POST /orders")) {
            return order(call, body, caller);
        }
        if (call.route().equals("GET /orders")) {
            ObjectNode list = JSON.createObjectNode().put("=status", 200);
            orders.values().stream().filter(order -> !customer).forEach(list.withArray("items")::add);
            return list;
        }
        ObjectNode order = orders.get(call.id());
        if (order == null || customer && !order.path("owner").equals(caller.path("id"))) {
            return of(404, NOT_FOUND);
        }
        if (call.method().equals("DELETE")) {
            orders.remove(call.id());
            return of(204, "{}");
        }
        if (call.method().equals("PATCH")) {
            return customer && body.has("status") ? refused(403) : patch(call, body, order);
        }
        return tagged(order);
    }

    private ObjectNode order(Call call, JsonNode body, ObjectNode caller) {
        String known = keys.get(call.headers().get("Idempotency-Key"));
        if (known != null) {
            return orders.get(known).deepCopy().put("=status", 201).put("=Idempotency-Replayed", "true");
        }
        ObjectNode order = ((ObjectNode) body).put("id", UUID.randomUUID().toString()).put("status", "PENDING");
        order.set("owner", caller.path("id"));
        orders.put(order.path("id").asText(), order);
        keys.put(call.headers().get("Idempotency-Key"), order.path("id").asText());
        return order.deepCopy().put("=status", 201).put("=Location", "/orders");
    }

    private static ObjectNode refused(int status) {
        return of(status, "{}").put("=WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    private static ObjectNode of(int status, String json) {
        return ((ObjectNode) parse(json)).put("=status", status);
    }

    /** Members with an equals sign before their name are the answer's status and headers. */
    private static Answer answer(ObjectNode written) {
        Map<String, String> headers = new HashMap<>();
        int status = written.remove("=status").asInt();
        ObjectNode body = written.deepCopy();
        written.properties().stream().filter(member -> member.getKey().startsWith("=")).forEach(member -> {
            headers.put(member.getKey().substring(1), member.getValue().asText());
            body.remove(member.getKey());
        });
        return new Answer(status, headers, body.toString(), 1);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
