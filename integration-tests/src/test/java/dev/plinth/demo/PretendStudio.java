package dev.plinth.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The studio of {@link PretendPlinth}: collections of whatever is stored in them, below the paths of their routes, and
 * jobs that end at once. Members with an equals sign before their name are the answer's status and headers.
 */
final class PretendStudio implements Downloads {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is stored, by its path. */
    private final Map<String, ObjectNode> stored = new LinkedHashMap<>();

    /** Who is in it besides the owner, by the team. */
    private final Map<String, String> members = new HashMap<>();
    private final List<String> notices = new ArrayList<>();

    boolean isEmpty() {
        return stored.keySet().stream().noneMatch(path -> path.startsWith("/api/projects")
                || path.startsWith("/api/teams") || path.startsWith("/api/notifications"));
    }

    /** Removes what is somebody's, but for teams in which another is: those are the other's now. */
    void forget(String user) {
        members.values().removeIf(user::equals);
        stored.values().removeIf(what -> what.path("owner").asText().equals(user)
                && !members.containsKey(what.path("id").asText()));
        stored.values().stream().filter(what -> what.path("owner").asText().equals(user))
                .forEach(team -> team.put("owner", members.remove(team.path("id").asText())));
    }

    /** Tells whether the webhook was told of something. */
    boolean hasTold(String event, String subject) {
        return notices.contains(event + " " + subject);
    }

    @Override
    public byte[] get(String url) {
        return url.endsWith("diagram") ? "<svg/>".getBytes(StandardCharsets.UTF_8) : archive();
    }

    private static byte[] archive() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : List.of("schema.sql", "openapi.json", "template.json", "README.md", "diagram.svg",
                    "src/org/example/shop/Purchase.java")) {
                zip.putNextEntry(new ZipEntry(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    ObjectNode answer(Call call, JsonNode body, ObjectNode caller) {
        String path = call.path().replaceFirst("\\?.*", "");
        String id = caller.path("id").asText();
        if (path.startsWith("/api/admin")) {
            return caller.path("role").asText().equals("OPERATOR") ? queues(call) : status(403);
        }
        return switch (call.route()) {
            case "GET /api/profile" -> status(200).put("quotas", "");
            case "PUT /api/profile" -> ((ObjectNode) body).put("=status", 200);
            case "GET /api/activity", "GET /api/projects/{id}/activity", "GET /api/projects/{id}/analytics" ->
                    status(200).put("text", "generation.succeeded schema.created deployment.requested generationsSucceeded");
            case "GET /api/notifications/subscriptions/{id}/deliveries" ->
                    status(200).put("text", "generation.ended SUCCEEDED");
            case "PUT /api/teams/{id}/members/{userId}" -> {
                members.put(call.id(), call.ids().get(1));
                yield team(call.id());
            }
            case "GET /api/teams/{id}" -> sees(id, path) ? team(call.id()) : status(404);
            case "DELETE /api/teams/{id}/members/{userId}" -> {
                members.remove(call.id());
                yield status(204);
            }
            case "POST /api/projects/{id}/integrations" -> tagged(store(path + "/" + UUID.randomUUID(), body, id))
                    .put("secret", "whsec").put("=status", 201);
            case "PUT /api/projects/{id}/settings/{name}" -> store(path, body, id).put("=status", 200);
            case "POST /api/code-gen" -> job("/api/code-gen/", body, id, "generation.ended");
            case "POST /api/deployments" -> looksOn(id, "/api/projects/" + body.path("projectId").asText()) ? status(403)
                    : job("/api/deployments/", body, id, "deployment.ended");
            case "GET /api/code-gen/{id}/download-url" -> sees(id, "/api/code-gen/" + call.id())
                    ? status(200).put("expiresAt", "").put("url", "http://127.0.0.1/" + call.query()) : status(404);
            case "DELETE /api/deployments/{id}" -> {
                stored.get(path).put("status", "DELETED");
                notices.add("deployment.deleted " + call.id());
                yield status(202);
            }
            case "POST /api/notifications/confirm", "POST /api/notifications/unsubscribe" -> {
                String subscription = "/api/notifications/subscriptions/" + body.path("subscriptionId").asText();
                yield call.route().endsWith("confirm") ? stored.get(subscription).put("status", "ACTIVE").deepCopy()
                        .put("=status", 200) : deleted(subscription);
            }
            default -> call.route().contains("subscribe/") ? subscribe(body, id) : stored(call, path, body, id);
        };
    }

    private ObjectNode team(String id) {
        ObjectNode team = tagged(stored.get("/api/teams/" + id));
        Stream.of(Optional.of(team.path("owner").asText()), Optional.ofNullable(members.get(id)))
                .flatMap(Optional::stream).forEach(member -> team.withArray("members").addObject()
                        .put("userId", member)
                        .put("role", member.equals(team.path("owner").asText()) ? "OWNER" : "VIEWER"));
        return team;
    }

    private ObjectNode subscribe(JsonNode body, String owner) {
        if (body.path("url").asText().contains("169.254")) {
            return pointed("/url");
        }
        ObjectNode made = store("/api/notifications/subscriptions/" + UUID.randomUUID(), body, owner);
        return made.put("status", "PENDING").deepCopy().put("secret", "whsec").put("=status", 201);
    }

    private ObjectNode job(String collection, JsonNode body, String owner, String event) {
        ObjectNode job = store(collection + UUID.randomUUID(), body, owner).put("status", "SUCCEEDED");
        job.putObject("outputs");
        notices.add(event + " " + job.path("id").asText());
        return job.deepCopy().put("=status", 202).put("=Location", "/api");
    }

    private ObjectNode stored(Call call, String path, JsonNode body, String caller) {
        if (!call.method().equals("GET") && looksOn(caller, path)) {
            return status(403);
        }
        return switch (call.method()) {
            case "POST" -> body.toString().contains("\"target\":\"Nobody\"")
                    ? pointed("/entities/1/relations/0/target")
                    : tagged(store(path + "/" + UUID.randomUUID(), body, caller)).put("=status", 201)
                            .put("=Location", path);
            case "PUT" -> change(call, path, body);
            case "DELETE" -> stored.entrySet().stream().anyMatch(each -> each.getKey().startsWith("/api/deployments/")
                    && path.equals("/api/projects/" + each.getValue().path("projectId").asText())
                    && !each.getValue().path("status").asText().equals("DELETED")) ? status(409) : deleted(path);
            default -> stored.containsKey(path) || call.ids().size() > 0 && call.route().endsWith("}")
                    ? sees(caller, path) ? tagged(stored.get(path)) : status(404) : list(path, call.query().replace("?project=", ""));
        };
    }

    private ObjectNode change(Call call, String path, JsonNode body) {
        ObjectNode what = stored.get(path);
        if (!call.headers().get("If-Match").equals(tag(what))) {
            return status(412);
        }
        what.setAll((ObjectNode) body);
        return tagged(what.put("revision", what.path("revision").asInt() + 1));
    }

    private ObjectNode list(String path, String project) {
        ObjectNode list = status(200);
        list.putArray("items");
        stored.forEach((each, what) -> {
            if (each.startsWith(path + "/") && each.indexOf('/', path.length() + 1) < 0
                    && (project.isEmpty() || what.path("projectId").asText().equals(project))) {
                list.withArray("items").add(what);
            }
        });
        return list;
    }

    private ObjectNode deleted(String path) {
        stored.keySet().removeIf(each -> each.equals(path) || each.startsWith(path + "/"));
        return status(204);
    }

    private ObjectNode queues(Call call) {
        ObjectNode answer = status(call.method().equals("DELETE") ? 404 : call.method().equals("POST") ? 202 : 200)
                .put("deadLetters", 0);
        Stream.of("a", "b", "c", "d", "e", "f").forEach(answer.withArray("items")::add);
        return answer;
    }

    private ObjectNode store(String path, JsonNode body, String owner) {
        ObjectNode what = ((ObjectNode) body).put("id", path.substring(path.lastIndexOf('/') + 1)).put("owner", owner);
        stored.put(path, what);
        return what;
    }

    private boolean sees(String caller, String path) {
        ObjectNode what = stored.get(path);
        return what != null && (what.path("owner").asText().equals(caller) || looksOn(caller, path));
    }

    /** Members of a team see its projects, and what is below them. */
    private boolean looksOn(String caller, String path) {
        return members.containsValue(caller) && !path.startsWith("/api/notifications");
    }

    private static ObjectNode tagged(ObjectNode what) {
        return what.deepCopy().put("=status", 200).put("=ETag", tag(what));
    }

    private static String tag(ObjectNode what) {
        return "\"" + what.path("revision").asInt() + "\"";
    }

    private static ObjectNode pointed(String pointer) {
        ObjectNode problem = status(400);
        problem.putArray("errors").addObject().put("pointer", pointer);
        return problem;
    }

    private static ObjectNode status(int status) {
        return JSON.createObjectNode().put("=status", status);
    }
}
