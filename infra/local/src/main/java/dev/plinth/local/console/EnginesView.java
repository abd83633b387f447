package dev.plinth.local.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.gate.Gate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The gates of PostgreSQL and Redis as JSON, with who is connected, and the orders to stop and start an engine. */
public final class EnginesView {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STOP = "engines/stop";
    private static final String START = "engines/start";

    private EnginesView() {
    }

    public static void addTo(Console console, Supplier<List<Gate>> gates) {
        console.section("engines", () -> view(gates.get()));
        console.action(STOP, order -> change(order, gates.get(), Gate::stop));
        console.action(START, order -> change(order, gates.get(), Gate::start));
    }

    private static JsonNode view(List<Gate> gates) {
        ArrayNode nodes = JSON.createArrayNode();
        for (Gate gate : gates) {
            Gate.View view = gate.view();
            ObjectNode node = nodes.addObject();
            node.put("engine", view.engine()).put("path", view.path()).put("port", view.port())
                    .put("state", view.open() ? "running" : "stopped");
            ArrayNode users = node.putArray("connections");
            view.connections().forEach(user -> users.addObject().put("user", user.user()).put("current", user.current())
                    .put("peak", user.peak()).put("total", user.total()).put("refused", user.refused()));
            node.putObject("order").put("label", view.open() ? "stop" : "start").put("call", view.open() ? STOP : START)
                    .putObject("body").put("engine", view.engine());
        }
        return nodes;
    }

    private static JsonNode change(JsonNode order, List<Gate> gates, Consumer<Gate> change) {
        String wanted = order.path("engine").asText();
        List<Gate> chosen = gates.stream().filter(gate -> gate.engine().equals(wanted)).toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("No engine \"" + wanted + "\". There are "
                    + gates.stream().map(Gate::engine).distinct().toList() + ".");
        }
        chosen.forEach(change);
        return view(chosen);
    }
}
