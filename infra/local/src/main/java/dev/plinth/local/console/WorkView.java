package dev.plinth.local.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.queue.Queue;
import dev.plinth.local.queue.Queues;
import dev.plinth.local.schedule.Schedule;
import dev.plinth.local.schedule.Schedules;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What goes on besides requests, as JSON: queues, schedules with the order to fire one, what both have invoked, and what
 * authorizers said.
 */
public final class WorkView {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIRE = "schedules/fire";

    private WorkView() {
    }

    /** Adds the schedules, the invocations by queues and schedules, and the authorizations. */
    public static void addTo(Console console, Schedules schedules, Journal journal) {
        console.section("schedules", () -> view(schedules));
        console.section("invocations", () -> invocations(journal));
        console.section("authorizations", () -> authorizations(journal));
        console.action(FIRE, order -> fire(order, schedules));
    }

    public static void addTo(Console console, Queues queues) {
        console.section("queues", () -> view(queues));
    }

    private static JsonNode view(Queues queues) {
        ArrayNode nodes = JSON.createArrayNode();
        try {
            for (Queues.View view : queues.views()) {
                Queue queue = view.queue();
                nodes.addObject().put("name", queue.name()).put("url", queue.url()).put("path", queue.constructPath())
                        .put("waiting", view.waiting()).put("inFlight", view.inFlight()).put("delayed", view.delayed())
                        .put("deadLetterQueue", queue.redrive().map(redrive -> nameOf(redrive.deadLetterArn())).orElse(null));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("ElasticMQ does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return nodes;
    }

    private static String nameOf(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    private static JsonNode view(Schedules schedules) {
        ArrayNode nodes = JSON.createArrayNode();
        for (Schedule schedule : schedules.all()) {
            ObjectNode node = nodes.addObject();
            node.put("name", schedule.name()).put("function", schedule.function().function().name())
                    .put("everySeconds", schedule.rate().toSeconds()).put("enabled", schedule.enabled());
            node.putObject("order").put("label", "fire now").put("call", FIRE)
                    .putObject("body").put("schedule", schedule.name());
        }
        return nodes;
    }

    private static JsonNode invocations(Journal journal) {
        ArrayNode nodes = JSON.createArrayNode();
        journal.invocations().forEach(made -> nodes.addObject().put("time", made.time().toString()).put("cause", made.cause())
                .put("function", made.function()).put("result", made.result()).put("millis", made.millis()));
        return nodes;
    }

    private static JsonNode authorizations(Journal journal) {
        ArrayNode nodes = JSON.createArrayNode();
        journal.authorizations().forEach(asked -> nodes.addObject().put("time", asked.time().toString())
                .put("route", asked.routeKey()).put("function", asked.function()).put("result", asked.result())
                .put("millis", asked.millis()));
        return nodes;
    }

    /** Fires a schedule and waits for what comes of it. */
    private static JsonNode fire(JsonNode order, Schedules schedules) {
        String name = order.path("schedule").asText();
        Schedule schedule = schedules.find(name).orElseThrow(() -> new IllegalArgumentException("No schedule \"" + name
                + "\". There are " + schedules.all().stream().map(Schedule::name).toList() + "."));
        try {
            return JSON.createObjectNode().put("result", schedules.fire(schedule));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
