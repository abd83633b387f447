package dev.plinth.demo;

import static dev.plinth.demo.Promise.counts;
import static dev.plinth.demo.Promise.has;
import static dev.plinth.demo.Promise.header;
import static dev.plinth.demo.Promise.says;

import dev.plinth.demo.Person.Device;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Todos, the dashboard and orders: one's own, and for staff everybody's. */
record Things(Steps steps, Cast cast) {
    void todos() {
        steps.report().chapter("Todos");
        Person ada = cast.ada();
        Instant due = Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        Answer first = steps.step("Ada notes something to do", Call.to("POST /users/{id}/todos", ada.id())
                .by(ada.token())
                .and("Idempotency-Key", UUID.randomUUID().toString())
                .with("{\"title\": \"Draw the mill\", \"note\": \"all of it\", \"dueAt\": \"%s\", \"priority\": \"HIGH\"}", due), 201,
                says("/status", "OPEN"), header("Location"), header("ETag"));
        Answer second = steps.step("And something else", Call.to("POST /users/{id}/todos", ada.id()).by(ada.token())
                .with("{\"title\": \"Write note G\"}"), 201, has("/id"));
        steps.step("Ada lists her todos", Call.to("GET /users/{id}/todos", ada.id()).by(ada.token()), 200,
                counts("/items", 2));
        steps.step("Ada reads one", Call.to("GET /todos/{id}", first.text("/id")).by(ada.token()), 200,
                says("/title", "Draw the mill"));
        steps.step("Ada ticks it off", Call.to("PUT /todos/{id}", first.text("/id")).by(ada.token())
                .and("If-Match", first.header("ETag").orElseThrow())
                .with("{\"title\": \"Draw the mill\", \"priority\": \"HIGH\", \"status\": \"DONE\"}"), 200,
                says("/status", "DONE"));
        steps.step("Bob finds no todo of hers", Call.to("GET /todos/{id}", first.text("/id")).by(cast.bob().token()),
                404);
        steps.step("Nor her list", Call.to("GET /users/{id}/todos", ada.id()).by(cast.bob().token()), 404);
        dashboard(ada);
        steps.step("Ada removes the other todo", Call.to("DELETE /todos/{id}", second.text("/id")).by(ada.token()),
                204);
        steps.step("It is gone", Call.to("GET /todos/{id}", second.text("/id")).by(ada.token()), 404);
    }

    private void dashboard(Person ada) {
        steps.step("Ada's dashboard has her profile and her figures", Call.to("GET /dashboard/{id}", ada.id())
                .by(ada.token()), 200,
                says("/user/email", ada.email()), says("/todos/open", 1), says("/todos/done", 1));
        steps.step("Bob does not see it", Call.to("GET /dashboard/{id}", ada.id()).by(cast.bob().token()), 404);
    }

    void orders() {
        steps.report().chapter("Orders");
        Person ada = cast.ada();
        String key = UUID.randomUUID().toString();
        Call order = Call.to("POST /orders").by(ada.token()).and("Idempotency-Key", key)
                .with("{\"customerName\": \"Ada Lovelace\", \"customerEmail\": \"%s\", \"productName\": \"Difference engine\","
                        + " \"quantity\": 2, \"unitPrice\": {\"amount\": \"19.99\", \"currency\": \"EUR\"}}",
                        ada.email());
        Answer created = steps.step("Ada orders", order, 201, says("/status", "PENDING"), header("Location"));
        String id = created.text("/id");
        cast.orders().push(id);
        steps.step("The request is sent again, and creates no second order", order, 201, says("/id", id),
                header("Idempotency-Replayed"));
        steps.step("Ada reads her order", Call.to("GET /orders/{id}", id).by(ada.token()), 200, says("/quantity", 2));
        steps.step("Ada wants three", Call.to("PATCH /orders/{id}", id).by(ada.token()).with("{\"quantity\": 3}"), 200,
                says("/quantity", 3));
        steps.step("Ada may not confirm it herself", Call.to("PATCH /orders/{id}", id).by(ada.token())
                .with("{\"status\": \"CONFIRMED\"}"), 403);
        Person bob = cast.bob();
        steps.step("Bob finds the order by its customer", Call.to("GET /orders").where("customerEmail="
                + ada.email().replace("+", "%2B").replace("@", "%40")).by(bob.token()), 200, counts("/items", 1));
        steps.step("Bob confirms it", Call.to("PATCH /orders/{id}", id).by(bob.token())
                .with("{\"status\": \"CONFIRMED\"}"), 200,
                says("/status", "CONFIRMED"));
        steps.step("The operator sees it as well", Call.to("GET /orders/{id}", id)
                .by(cast.operator().token()), 200, says("/status", "CONFIRMED"));
        steps.step("Ada removes it", Call.to("DELETE /orders/{id}", id).by(ada.token()), 204);
        cast.orders().remove(id);
        steps.step("It is gone, for staff too", Call.to("GET /orders/{id}", id).by(bob.token()), 404);
    }
}
