package dev.plinth.demo;

import static dev.plinth.demo.Promise.contains;
import static dev.plinth.demo.Promise.counts;
import static dev.plinth.demo.Promise.has;
import static dev.plinth.demo.Promise.header;
import static dev.plinth.demo.Promise.hides;
import static dev.plinth.demo.Promise.says;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The studio: Ada and Bob model a shop, have its code generated and deployed, and are told when that has ended. When
 * Ada is gone, what was hers is Bob's or free.
 */
final class Workshop {
    static final Duration LONGEST_JOB = Duration.ofMinutes(10);

    /** The event of a removal waits for the relay's next minute when it could not be sent at once. */
    private static final Duration LONGEST_REMOVAL = Duration.ofMinutes(3);

    private static final String SCHEMA = """
            {"name": "%s", "entities": [
              {"name": "Customer",
               "fields": [{"name": "email", "type": "STRING", "required": true, "unique": true, "maxLength": 254}]},
              {"name": "Purchase",
               "fields": [{"name": "total", "type": "DECIMAL", "required": true, "precision": 12, "scale": 2},
                          {"name": "state", "type": "ENUM", "values": ["OPEN", "PAID"], "required": true}],
               "relations": [{"name": "customer", "kind": "MANY_TO_ONE", "target": "%s", "required": true}]}]}""";

    private static final String ARCHITECTURE = """
            {"name": "%s",
             "components": [{"id": "visitor", "type": "CLIENT"}, {"id": "api", "type": "API"},
                            {"id": "purchases", "type": "TABLE", "entity": "Purchase"},
                            {"id": "events", "type": "TOPIC"}, {"id": "billing", "type": "QUEUE"},
                            {"id": "invoices", "type": "BUCKET", "expireDays": 30}],
             "connections": [{"from": "visitor", "to": "api"}, {"from": "api", "to": "purchases"},
                             {"from": "api", "to": "events"}, {"from": "events", "to": "billing"}]}""";

    private final Steps steps;
    private final Inbox inbox;
    private final Downloads downloads;
    private final Cast cast;
    private final Person ada;
    private final Person bob;
    private String team = "";
    private String project = "";
    private String schema = "";
    private String architecture = "";
    private String generation = "";
    private String texts = "";

    Workshop(Steps steps, Inbox inbox, Downloads downloads, Cast cast) {
        this.steps = steps;
        this.inbox = inbox;
        this.downloads = downloads;
        this.cast = cast;
        this.ada = cast.ada();
        this.bob = cast.bob();
    }

    void play() {
        team();
        project();
        schemas();
        architectures();
        documents();
        String hook = subscriptions();
        integration();
        generation();
        deployment();
        history(hook);
        queues();
        tidyUp();
    }

    private Call ada(String route, String... ids) {
        return Call.to(route, ids).by(ada.token());
    }

    private Call bob(String route, String... ids) {
        return Call.to(route, ids).by(bob.token());
    }

    private void team() {
        steps.report().chapter("A team");
        steps.step("Ada has a profile in the studio", ada("GET /api/profile"), 200, has("/quotas"));
        steps.step("Ada changes it", ada("PUT /api/profile").with("{\"name\": \"Ada\"}"), 200, says("/name", "Ada"));
        Answer made = steps.step("Ada makes a team", ada("POST /api/teams").with("{\"name\": \"Engines\"}"), 201,
                says("/name", "Engines"), header("Location"), header("ETag"));
        team = made.text("/id");
        steps.step("Ada renames it", ada("PUT /api/teams/{id}", team).and("If-Match", made.header("ETag").orElseThrow())
                .with("{\"name\": \"Analytical engines\"}"), 200, says("/name", "Analytical engines"));
        steps.step("Bob finds no such team", bob("GET /api/teams/{id}", team), 404);
        steps.step("Ada takes Bob in, to look on", ada("PUT /api/teams/{id}/members/{userId}", team, bob.id())
                .with("{\"role\": \"VIEWER\"}"), 200, contains("VIEWER"));
        steps.step("Now Bob sees the team", bob("GET /api/teams/{id}", team), 200, says("/name", "Analytical engines"));
        steps.stepUntil(Duration.ofSeconds(5), "It is among his teams", bob("GET /api/teams"), 200,
                counts("/items", 1));
    }

    private void project() {
        steps.report().chapter("A project");
        Answer made = steps.step("Ada begins a project of the team", ada("POST /api/projects")
                .with("{\"name\": \"Shop\", \"teamId\": \"%s\"}", team), 201, header("Location"), header("ETag"));
        project = made.text("/id");
        cast.projects().push(project);
        steps.step("Ada describes it", ada("PUT /api/projects/{id}", project)
                .and("If-Match", made.header("ETag").orElseThrow())
                .with("{\"name\": \"Shop\", \"description\": \"Sells engines\", \"teamId\": \"%s\"}", team), 200,
                says("/description", "Sells engines"));
        steps.stepUntil(Duration.ofSeconds(5), "Ada lists her projects", ada("GET /api/projects"), 200,
                counts("/items", 1));
        steps.step("Bob may look at it", bob("GET /api/projects/{id}", project), 200, says("/name", "Shop"));
        steps.step("But not change it", bob("POST /api/projects/{id}/schemas", project).with(SCHEMA, "shop", "Customer"), 403);
        steps.step("The operator, who is in no team, finds nothing",
                Call.to("GET /api/projects/{id}", project).by(cast.operator().token()), 404);
        steps.step("Ada chooses a package for the code", ada("PUT /api/projects/{id}/settings/{name}", project,
                "java-package").with("{\"value\": \"org.example.shop\"}"), 200, says("/value", "org.example.shop"));
        steps.step("Ada reads that setting", ada("GET /api/projects/{id}/settings/{name}", project, "java-package"),
                200, says("/value", "org.example.shop"));
        steps.step("Ada lists the settings", ada("GET /api/projects/{id}/settings", project), 200, has("/items"));
        steps.step("Ada sets a license", ada("PUT /api/projects/{id}/settings/{name}", project, "license")
                .with("{\"value\": \"MIT\"}"), 200);
        steps.step("And takes it back", ada("DELETE /api/projects/{id}/settings/{name}", project, "license"), 204);
    }

    private void schemas() {
        steps.report().chapter("What the shop knows");
        steps.step("A relation to nothing is pointed at", ada("POST /api/projects/{id}/schemas", project)
                .with(SCHEMA, "shop", "Nobody"), 400, says("/errors/0/pointer", "/entities/1/relations/0/target"));
        Answer made = steps.step("Ada models customers and purchases", ada("POST /api/projects/{id}/schemas", project)
                .with(SCHEMA, "shop", "Customer"), 201, header("Location"), header("ETag"));
        schema = made.text("/id");
        steps.step("Ada renames it", ada("PUT /api/projects/{id}/schemas/{schemaId}", project, schema)
                .and("If-Match", made.header("ETag").orElseThrow()).with(SCHEMA, "bookshop", "Customer"), 200,
                says("/name", "bookshop"));
        steps.step("A change of what was there before is stale",
                ada("PUT /api/projects/{id}/schemas/{schemaId}", project, schema)
                        .and("If-Match", made.header("ETag").orElseThrow()).with(SCHEMA, "shop", "Customer"), 412);
        steps.step("Bob reads it", bob("GET /api/projects/{id}/schemas/{schemaId}", project, schema), 200,
                contains("Purchase"));
        Answer other = steps.step("Ada tries another", ada("POST /api/projects/{id}/schemas", project)
                .with(SCHEMA, "shop", "Customer"), 201);
        steps.step("There are two", ada("GET /api/projects/{id}/schemas", project), 200, counts("/items", 2));
        steps.step("Ada drops the other", ada("DELETE /api/projects/{id}/schemas/{schemaId}", project,
                other.text("/id")), 204);
    }

    private void architectures() {
        steps.report().chapter("What the shop is made of");
        Answer made = steps.step("Ada draws an architecture", ada("POST /api/projects/{id}/architectures", project)
                .with(ARCHITECTURE, "draft"), 201, header("ETag"));
        architecture = made.text("/id");
        steps.step("Ada renames it", ada("PUT /api/projects/{id}/architectures/{architectureId}", project, architecture)
                .and("If-Match", made.header("ETag").orElseThrow()).with(ARCHITECTURE, "shop"), 200);
        steps.step("Bob looks at it", bob("GET /api/projects/{id}/architectures/{architectureId}", project,
                architecture), 200, contains("billing"));
        Answer other = steps.step("Ada draws another", ada("POST /api/projects/{id}/architectures", project)
                .with(ARCHITECTURE, "other"), 201);
        steps.step("There are two", ada("GET /api/projects/{id}/architectures", project), 200, counts("/items", 2));
        steps.step("Ada drops the other", ada("DELETE /api/projects/{id}/architectures/{architectureId}", project,
                other.text("/id")), 204);
    }

    private void documents() {
        steps.report().chapter("What is written about it");
        Answer made = steps.step("Ada writes a document", ada("POST /api/projects/{id}/documentation", project)
                .with("{\"title\": \"Opening hours\", \"body\": \"Always.\"}"), 201, header("ETag"));
        String id = made.text("/id");
        steps.step("Bob reads it", bob("GET /api/projects/{id}/documentation/{documentId}", project, id), 200,
                says("/body", "Always."));
        steps.step("It is in the list", bob("GET /api/projects/{id}/documentation", project), 200, counts("/items", 1));
        steps.step("Ada changes it", ada("PUT /api/projects/{id}/documentation/{documentId}", project, id)
                .and("If-Match", made.header("ETag").orElseThrow())
                .with("{\"title\": \"Opening hours\", \"body\": \"Never.\"}"), 200, says("/body", "Never."));
        steps.step("Ada throws it away", ada("DELETE /api/projects/{id}/documentation/{documentId}", project, id), 204);
    }

    private String subscriptions() {
        steps.report().chapter("Being told");
        String filter = "\"projects\": [\"" + project + "\"]";
        Answer mail = steps.step("Ada wants mail", ada("POST /api/notifications/subscribe/email")
                .with("{\"email\": \"%s\", %s}", ada.email(), filter), 201, says("/status", "PENDING"));
        cast.subscriptions().push(mail.text("/id"));
        confirm("Ada confirms by the token of the mail", mail, inbox.nextToken(ada.email()));
        Answer text = steps.step("Ada wants texts when something fails", ada("POST /api/notifications/subscribe/sms")
                .with("{\"phoneNumber\": \"%s\", %s, \"outcomes\": [\"FAILED\"]}", inbox.phone(), filter), 201,
                says("/status", "PENDING"));
        texts = text.text("/id");
        cast.subscriptions().push(texts);
        confirm("Ada confirms by the code of the text", text, inbox.nextTextedCode());
        steps.step("A webhook inside a private network is refused", ada("POST /api/notifications/subscribe/webhook")
                .with("{\"url\": \"https://169.254.169.254/latest/meta-data\", %s}", filter), 400,
                says("/errors/0/pointer", "/url"));
        Answer hook = steps.step("Ada's webhook", ada("POST /api/notifications/subscribe/webhook")
                .with("{\"url\": \"%s\", %s}", inbox.webhook(), filter), 201, says("/status", "PENDING"), has("/secret"));
        cast.subscriptions().push(hook.text("/id"));
        confirm("Ada confirms by the token that it got", hook, inbox.nextConfirmation());
        steps.step("There are three", ada("GET /api/notifications/subscriptions"), 200, counts("/items", 3));
        steps.step("Nobody sees the secret twice", ada("GET /api/notifications/subscriptions/{id}", hook.text("/id")),
                200, says("/status", "ACTIVE"), hides("/secret"));
        steps.step("Bob finds no such subscription", bob("GET /api/notifications/subscriptions/{id}",
                hook.text("/id")), 404);
        return hook.text("/id");
    }

    private void confirm(String what, Answer subscription, String token) {
        steps.step(what, ada("POST /api/notifications/confirm").with("{\"subscriptionId\": \"%s\", \"token\": \"%s\"}",
                subscription.text("/id"), token), 200, says("/status", "ACTIVE"));
    }

    private void integration() {
        Answer made = steps.step("Ada lets the project tell a webhook", ada("POST /api/projects/{id}/integrations",
                project).with("{\"name\": \"Engine room\", \"kind\": \"WEBHOOK\", \"url\": \"%s\"}",
                        inbox.webhook() + "-room"), 201, header("ETag"), has("/secret"));
        String id = made.text("/id");
        steps.step("Bob sees that", bob("GET /api/projects/{id}/integrations/{integrationId}", project, id), 200,
                says("/name", "Engine room"));
        steps.step("It is in the list", bob("GET /api/projects/{id}/integrations", project), 200, counts("/items", 1));
        steps.step("Ada renames it", ada("PUT /api/projects/{id}/integrations/{integrationId}", project, id)
                .and("If-Match", made.header("ETag").orElseThrow()).with("{\"name\": \"Boiler room\"}"), 200,
                says("/name", "Boiler room"));
        steps.step("Ada takes it away", ada("DELETE /api/projects/{id}/integrations/{integrationId}", project, id), 204);
    }

    private void generation() {
        steps.report().chapter("Code");
        Answer job = steps.step("Ada has the code generated", ada("POST /api/code-gen")
                .with("{\"projectId\": \"%s\", \"schemaId\": \"%s\", \"architectureId\": \"%s\"}", project, schema,
                        architecture), 202, header("Location"));
        generation = job.text("/id");
        steps.stepUntil(LONGEST_JOB, "It is", ada("GET /api/code-gen/{id}", generation), 200,
                says("/status", "SUCCEEDED"));
        inbox.awaitNotice("generation.ended", generation);
        steps.stepUntil(Duration.ofSeconds(5), "It is in the list", bob("GET /api/code-gen").where("project="
                + project), 200, counts("/items", 1));
        Answer link = steps.step("Bob may download the archive", bob("GET /api/code-gen/{id}/download-url", generation),
                200, has("/url"), has("/expiresAt"));
        requireFiles(Downloads.unpack(downloads.get(link.text("/url"))));
        Answer diagram = steps.step("And the diagram", bob("GET /api/code-gen/{id}/download-url", generation)
                .where("object=diagram"), 200, has("/url"));
        if (!new String(downloads.get(diagram.text("/url"))).contains("<svg")) {
            throw new BrokenPromise("the diagram is no SVG");
        }
        steps.step("The operator may not", Call.to("GET /api/code-gen/{id}/download-url", generation)
                .by(cast.operator().token()), 404);
    }

    private static void requireFiles(Set<String> names) {
        for (String end : Arrays.asList("schema.sql", "openapi.json", "template.json", "README.md", "diagram.svg",
                "org/example/shop/Purchase.java")) {
            if (names.stream().noneMatch(name -> name.endsWith(end))) {
                throw new BrokenPromise("no file " + end + " is in the archive, but " + names);
            }
        }
    }

    private void deployment() {
        steps.report().chapter("A deployment");
        steps.step("Bob may not deploy", bob("POST /api/deployments")
                .with("{\"projectId\": \"%s\", \"generationId\": \"%s\"}", project, generation), 403);
        Answer job = steps.step("Ada deploys it", ada("POST /api/deployments")
                .with("{\"projectId\": \"%s\", \"generationId\": \"%s\"}", project, generation), 202,
                header("Location"));
        String id = job.text("/id");
        cast.deployments().push(id);
        steps.stepUntil(LONGEST_JOB, "It runs", ada("GET /api/deployments/{id}", id), 200,
                says("/status", "SUCCEEDED"), has("/outputs"));
        inbox.awaitNotice("deployment.ended", id);
        steps.step("A project with a deployment stays", ada("DELETE /api/projects/{id}", project)
                .and("If-Match", "*"), 409);
        steps.stepUntil(Duration.ofSeconds(5), "Bob sees it in the list", bob("GET /api/deployments")
                .where("project=" + project), 200, counts("/items", 1));
        steps.step("Ada takes it down", ada("DELETE /api/deployments/{id}", id), 202);
        steps.stepUntil(LONGEST_JOB, "It is gone", ada("GET /api/deployments/{id}", id), 200,
                says("/status", "DELETED"));
        cast.deployments().remove(id);
        inbox.awaitNotice("deployment.deleted", id);
    }

    private void history(String hook) {
        steps.report().chapter("What happened");
        steps.step("Bob reads what was done", bob("GET /api/projects/{id}/activity", project), 200,
                contains("generation.succeeded"), contains("schema.created"));
        steps.stepUntil(Duration.ofSeconds(5), "Ada reads what she did", ada("GET /api/activity"), 200,
                contains("deployment.requested"));
        steps.step("Ada reads the figures", ada("GET /api/projects/{id}/analytics", project), 200,
                contains("generationsSucceeded"));
        steps.step("Ada looks what her webhook took", ada("GET /api/notifications/subscriptions/{id}/deliveries",
                hook), 200, contains("generation.ended"), contains("SUCCEEDED"));
    }

    private void queues() {
        steps.report().chapter("The queues");
        String token = cast.operator().token();
        steps.step("Ada may not look at the queues", ada("GET /api/admin/queues"), 403);
        steps.step("The operator sees them all", Call.to("GET /api/admin/queues").by(token), 200, counts("/items", 6));
        steps.step("And one", Call.to("GET /api/admin/queues/{name}", "generation").by(token), 200, has("/deadLetters"));
        steps.step("With its dead letters", Call.to("GET /api/admin/queues/{name}/dead-letters", "generation").by(token),
                200, has("/items"));
        steps.step("There is none of that id", Call.to("DELETE /api/admin/queues/{name}/dead-letters/{id}",
                "generation", "00000000-0000-0000-0000-000000000000").by(token), 404);
        steps.step("The operator sends the dead letters back", Call.to("POST /api/admin/queues/{name}/redrive",
                "generation").by(token).with("{}"), 202);
    }

    private void tidyUp() {
        steps.report().chapter("Tidying up");
        // The texts go on: they end with Ada's account.
        for (String subscription : cast.subscriptions().stream().filter(id -> !id.equals(texts)).toList()) {
            steps.step("Ada unsubscribes", ada("POST /api/notifications/unsubscribe")
                    .with("{\"subscriptionId\": \"%s\"}", subscription), 204);
            cast.subscriptions().remove(subscription);
        }
        steps.step("Ada deletes the project", ada("DELETE /api/projects/{id}", project).and("If-Match", "*"), 204);
        cast.projects().remove(project);
        steps.step("It is gone, for Bob too", bob("GET /api/projects/{id}", project), 404);
        steps.step("Bob leaves the team", bob("DELETE /api/teams/{id}/members/{userId}", team, bob.id()), 204);
        steps.step("Ada takes him in again", ada("PUT /api/teams/{id}/members/{userId}", team, bob.id())
                .with("{\"role\": \"EDITOR\"}"), 200, counts("/members", 2));
    }

    /** Shows what became of Ada's team and of her number, once she is gone. */
    void inherit() {
        steps.report().chapter("What Ada leaves");
        steps.stepUntil(LONGEST_REMOVAL, "Her team is Bob's, who alone is in it", bob("GET /api/teams/{id}", team), 200,
                counts("/members", 1), says("/members/0/userId", bob.id()), says("/members/0/role", "OWNER"));
        Answer made = steps.step("Bob begins a project of the team", bob("POST /api/projects")
                .with("{\"name\": \"Shop\", \"teamId\": \"%s\"}", team), 201);
        Answer text = steps.step("Bob wants texts to the number that was Ada's",
                bob("POST /api/notifications/subscribe/sms").with("{\"phoneNumber\": \"%s\", \"projects\": [\"%s\"]}",
                        inbox.phone(), made.text("/id")), 201, says("/status", "PENDING"));
        steps.step("It is free for him", bob("POST /api/notifications/confirm")
                .with("{\"subscriptionId\": \"%s\", \"token\": \"%s\"}", text.text("/id"), inbox.nextTextedCode()), 200,
                says("/status", "ACTIVE"));
        steps.step("Bob deletes the project", bob("DELETE /api/projects/{id}", made.text("/id"))
                .and("If-Match", "*"), 204);
        steps.step("And ends the team", bob("DELETE /api/teams/{id}", team).and("If-Match", "*"), 204);
    }
}
