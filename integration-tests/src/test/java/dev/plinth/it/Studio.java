package dev.plinth.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** The studio's calls, by one person. */
record Studio(Api api) {
    static final Duration LONGEST = Duration.ofSeconds(120);

    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "DELETED", "DELETE_FAILED");

    /** Customers with orders, which are announced to a queue. */
    static final String SCHEMA = """
            {"name": "shop", "entities": [
              {"name": "Customer",
               "fields": [{"name": "email", "type": "STRING", "required": true, "unique": true, "maxLength": 254}]},
              {"name": "Purchase",
               "fields": [{"name": "total", "type": "DECIMAL", "required": true, "precision": 12, "scale": 2},
                          {"name": "state", "type": "ENUM", "values": ["OPEN", "PAID"], "required": true}],
               "relations": [{"name": "customer", "kind": "MANY_TO_ONE", "target": "Customer", "required": true}]}]}""";

    static final String ARCHITECTURE = """
            {"name": "shop",
             "components": [{"id": "visitor", "type": "CLIENT"}, {"id": "api", "type": "API"},
                            {"id": "purchases", "type": "TABLE", "entity": "Purchase"},
                            {"id": "events", "type": "TOPIC"}, {"id": "billing", "type": "QUEUE"},
                            {"id": "invoices", "type": "BUCKET", "expireDays": 30}],
             "connections": [{"from": "visitor", "to": "api"}, {"from": "api", "to": "purchases"},
                             {"from": "api", "to": "events"}, {"from": "events", "to": "billing"},
                             {"from": "billing", "to": "invoices"}]}""";

    /** A project with a schema and an architecture. */
    record Project(String id, String schemaId, String architectureId) {
    }

    static Studio of(Person person) {
        return new Studio(person.api());
    }

    Project project() {
        String id = created("/api/projects", "{\"name\": \"Shop\"}");
        return new Project(id, created("/api/projects/" + id + "/schemas", SCHEMA),
                created("/api/projects/" + id + "/architectures", ARCHITECTURE));
    }

    /** Begins a project that a team shares, and returns its id. */
    String project(String team) {
        return created("/api/projects", "{\"name\": \"Shared\", \"teamId\": \"%s\"}".formatted(team));
    }

    /** Makes a team with one more member, and returns its id. */
    String team(Person member) {
        String id = created("/api/teams", "{\"name\": \"Engines\"}");
        Answer admitted = api.send("PUT", "/api/teams/" + id + "/members/" + member.id(), "{\"role\": \"EDITOR\"}");
        if (admitted.status() != 200) {
            throw new AssertionError("Not admitted: " + admitted);
        }
        return id;
    }

    private String created(String path, String body) {
        Answer answer = api.post(path, body);
        if (answer.status() != 201) {
            throw new AssertionError("Not created: " + answer);
        }
        return answer.json().path("id").asText();
    }

    Answer requestCode(Project project, String... headers) {
        return api.post("/api/code-gen", """
                {"projectId": "%s", "schemaId": "%s", "architectureId": "%s"}"""
                .formatted(project.id(), project.schemaId(), project.architectureId()), headers);
    }

    /** Asks for code and returns the id of the job. */
    String generate(Project project) {
        Answer answer = requestCode(project);
        if (answer.status() != 202) {
            throw new AssertionError("Not accepted: " + answer);
        }
        return answer.json().path("id").asText();
    }

    JsonNode generation(String id) {
        return found("/api/code-gen/" + id);
    }

    /** Waits until a generation has ended, and returns it. */
    JsonNode generated(String id) {
        return ended("/api/code-gen/" + id);
    }

    /** Deploys a generation and returns the id of the deployment. */
    String deploy(Project project, String generationId) {
        Answer answer = api.post("/api/deployments", """
                {"projectId": "%s", "generationId": "%s"}""".formatted(project.id(), generationId));
        if (answer.status() != 202) {
            throw new AssertionError("Not accepted: " + answer);
        }
        return answer.json().path("id").asText();
    }

    /** Subscribes a webhook of the laptop's cloud to a project, confirms it, and returns its name there. */
    String webhook(Laptop laptop, Project project) {
        String name = "it-" + UUID.randomUUID();
        Answer answer = api.post("/api/notifications/subscribe/webhook", """
                {"url": "%s", "projects": ["%s"]}""".formatted(laptop.webhookUrl(name), project.id()));
        if (answer.status() != 201) {
            throw new AssertionError("Not subscribed: " + answer);
        }
        Await.until("the webhook is asked", LONGEST, () -> !laptop.webhookRequests(name).isEmpty());
        confirm(answer, Answer.parsed(laptop.webhookRequests(name).path(0).path("body").asText())
                .path("data").path("token").asText());
        return name;
    }

    /** Asks for mail about a project. */
    Answer requestMail(String address, String project) {
        return api.post("/api/notifications/subscribe/email", """
                {"email": "%s", "projects": ["%s"]}""".formatted(address, project));
    }

    /** Subscribes an address to a project, and confirms it. */
    void mail(Laptop laptop, String address, String project) {
        Answer answer = requestMail(address, project);
        if (answer.status() != 201) {
            throw new AssertionError("Not subscribed: " + answer);
        }
        confirm(answer, laptop.mailedToken(address));
    }

    private void confirm(Answer subscription, String token) {
        Answer confirmed = api.post("/api/notifications/confirm", """
                {"subscriptionId": "%s", "token": "%s"}""".formatted(subscription.json().path("id").asText(), token));
        if (confirmed.status() != 200) {
            throw new AssertionError("Not confirmed: " + confirmed);
        }
    }

    /** Waits until a deployment or its deletion has ended, and returns it. */
    JsonNode deployed(String id) {
        return ended("/api/deployments/" + id);
    }

    private JsonNode ended(String path) {
        AtomicReference<JsonNode> job = new AtomicReference<>();
        Await.until(path + " has ended", LONGEST, () -> {
            job.set(found(path));
            return ENDED.contains(job.get().path("status").asText());
        });
        return job.get();
    }

    private JsonNode found(String path) {
        Answer answer = api.get(path);
        if (answer.status() != 200) {
            throw new AssertionError("Not found: " + answer);
        }
        return answer.json();
    }
}
