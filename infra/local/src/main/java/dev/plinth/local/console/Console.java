package dev.plinth.local.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.door.Faults;
import dev.plinth.local.door.Faults.Fault;
import dev.plinth.local.door.Faults.Moment;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.net.Exchange;
import dev.plinth.local.template.DeployedStack;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;

/**
 * Serves {@code /_plinth/}: the page, {@code state.json} behind it, {@code POST faults} and {@code DELETE faults},
 * {@code POST functions/NAME/kill}, and what other parts of the cloud add. A call that changes something must carry {@code Content-Type: application/json},
 * which no page of another origin can send without a preflight, and none is answered.
 */
public final class Console {
    public static final String PATH = "/_plinth/";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_ORDER = 64 * 1024;
    private static final Set<String> FAULT_FIELDS = Set.of(
            "operation", "caller", "moment", "delayMillis", "error", "status", "skip", "times");

    private final Supplier<List<DeployedStack>> stacks;
    private final List<Omission> omissions;
    private final Supplier<Collection<FunctionPool>> functions;
    private final Journal journal;
    private final Faults faults;
    private final Map<String, Supplier<JsonNode>> sections = new ConcurrentSkipListMap<>();
    private final Map<String, Listing> lists = new ConcurrentSkipListMap<>();
    private final Map<String, Receiver> receivers = new ConcurrentSkipListMap<>();
    private final Map<String, Function<JsonNode, JsonNode>> actions = new ConcurrentSkipListMap<>();

    private record Listing(String parameter, Function<Optional<String>, JsonNode> content) {
    }

    /** Answers requests that are no orders of a person, such as those of a program that calls back. */
    interface Receiver {
        void answer(Exchange exchange) throws IOException;
    }

    public Console(Supplier<List<DeployedStack>> stacks, Supplier<Collection<FunctionPool>> functions, List<Omission> omissions,
                   Journal journal, Faults faults) {
        this.stacks = stacks;
        this.omissions = omissions;
        this.functions = functions;
        this.journal = journal;
        this.faults = faults;
    }

    /**
     * Adds a member to {@code state.json}: a list of objects, which the page shows as a table, a member a column. The
     * member {@code order} of an object is a button of the page: {@code label} is written on it, {@code call} is the
     * {@linkplain #action action} that it orders, and {@code body} is what it sends.
     *
     * @param name for example {@code queues}, the heading of the table
     */
    public void section(String name, Supplier<JsonNode> content) {
        sections.put(name, content);
    }

    /**
     * Adds a call {@code GET name}, or {@code GET name?to=VALUE} for what is meant for one.
     *
     * @param content takes the value, if there is one
     */
    public void list(String name, Function<Optional<String>, JsonNode> content) {
        list(name, "to", content);
    }

    /**
     * Adds a call {@code GET name}, or {@code GET name?PARAMETER=VALUE} for some of it.
     *
     * @param content takes the value, if there is one
     */
    void list(String name, String parameter, Function<Optional<String>, JsonNode> content) {
        lists.put(name, new Listing(parameter, content));
    }

    /** Leaves every request whose call begins so to a receiver, of any method and content type. */
    void open(String prefix, Receiver receiver) {
        receivers.put(prefix, receiver);
    }

    /**
     * Adds a call {@code POST name}, whose body is an object. What is wrong with the order is an
     * {@link IllegalArgumentException}, whose message is answered with 400.
     *
     * @param name for example {@code secrets/rotate}
     */
    public void action(String name, Function<JsonNode, JsonNode> order) {
        actions.put(name, order);
    }

    public void answer(Exchange exchange) throws IOException {
        String target = exchange.rawPath().substring(PATH.length());
        Optional<Receiver> receiver = receivers.entrySet().stream().filter(each -> target.startsWith(each.getKey()))
                .map(Map.Entry::getValue).findFirst();
        if (receiver.isPresent()) {
            receiver.get().answer(exchange);
            return;
        }
        String call = exchange.method() + " " + target;
        if (call.equals("GET ")) {
            answerPage(exchange);
        } else if (call.equals("GET state.json")) {
            answerJson(exchange, 200, state());
        } else if (!exchange.method().equals("GET") && !"application/json".equals(exchange.header("content-type"))) {
            refuse(exchange, 415, "A call that changes something needs Content-Type: application/json.");
        } else if (call.equals("POST faults")) {
            orderFault(exchange);
        } else if (call.equals("DELETE faults")) {
            faults.clear();
            exchange.answer(204, List.of(), new byte[0]);
        } else if (call.startsWith("POST functions/") && call.endsWith("/kill")) {
            kill(exchange, call.split("/")[1]);
        } else if (call.startsWith("GET ") && lists.containsKey(call.substring(4))) {
            Listing list = lists.get(call.substring(4));
            answerJson(exchange, 200, list.content().apply(value(exchange.rawQuery(), list.parameter())));
        } else if (call.startsWith("POST ") && actions.containsKey(call.substring(5))) {
            order(exchange, actions.get(call.substring(5)));
        } else {
            Stream<String> more = Stream.concat(
                    lists.keySet().stream().map(name -> ", GET " + name), actions.keySet().stream().map(name -> ", POST " + name));
            refuse(exchange, 404, "The console has no " + call + ". It has GET state.json, POST faults, DELETE faults, "
                    + "POST functions/NAME/kill" + more.collect(Collectors.joining()) + ".");
        }
    }

    private static Optional<String> value(String query, String parameter) {
        return Stream.of(query.split("&")).filter(pair -> pair.startsWith(parameter + "="))
                .map(pair -> URLDecoder.decode(pair.substring(parameter.length() + 1), StandardCharsets.UTF_8)).findFirst();
    }

    private static void order(Exchange exchange, Function<JsonNode, JsonNode> action) throws IOException {
        try {
            answerJson(exchange, 200, action.apply(JSON.readTree(exchange.body(LARGEST_ORDER))));
        } catch (JsonProcessingException e) {
            refuse(exchange, 400, "The order is not JSON.");
        } catch (Exchange.BodyTooLargeException e) {
            refuse(exchange, 413, "An order has at most " + LARGEST_ORDER + " bytes.");
        } catch (IllegalArgumentException e) {
            refuse(exchange, 400, e.getMessage());
        }
    }

    private static void answerPage(Exchange exchange) throws IOException {
        try (InputStream page = Console.class.getResourceAsStream("console.html")) {
            exchange.answer(200, List.of(
                    new HttpField("Content-Type", "text/html; charset=utf-8"),
                    new HttpField("Content-Security-Policy",
                            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'"),
                    new HttpField("Cache-Control", "no-store")), page.readAllBytes());
        }
    }

    private ObjectNode state() {
        ObjectNode state = JSON.createObjectNode();
        ArrayNode stackNodes = state.putArray("stacks");
        for (DeployedStack stack : stacks.get()) {
            ObjectNode node = stackNodes.addObject();
            node.put("name", stack.name());
            ObjectNode outputs = node.putObject("outputs");
            stack.outputs().forEach(output -> outputs.put(output.key(), output.value()));
            ArrayNode resources = node.putArray("resources");
            stack.resources().forEach(resource -> resources.addObject()
                    .put("type", resource.type()).put("path", resource.constructPath()).put("id", resource.physicalId()));
        }
        ArrayNode functionNodes = state.putArray("functions");
        for (FunctionPool pool : functions.get()) {
            FunctionPool.View view = pool.view();
            ObjectNode node = functionNodes.addObject();
            node.put("name", pool.function().name());
            node.put("path", pool.function().constructPath());
            node.put("memory", pool.function().memory());
            node.put("timeoutSeconds", pool.function().timeout().toSeconds());
            node.put("classArchive", pool.hasArchive());
            node.put("starts", view.starts());
            node.put("invocations", view.invocations());
            ArrayNode processes = node.putArray("processes");
            view.processes().forEach(process -> processes.addObject()
                    .put("pid", process.pid()).put("idle", process.idle()).put("startMillis", process.startMillis()));
        }
        ArrayNode requests = state.putArray("requests");
        journal.requests().forEach(request -> requests.addObject()
                .put("time", request.time().toString()).put("method", request.method()).put("path", request.path())
                .put("status", request.status()).put("millis", request.millis()).put("problem", request.problem().orElse(null)));
        ArrayNode calls = state.putArray("calls");
        journal.calls().forEach(made -> calls.addObject().put("time", made.time().toString()).put("caller", made.caller())
                .put("name", made.name()).put("status", made.status()).put("millis", made.millis()));
        ArrayNode denials = state.putArray("denials");
        journal.denials().forEach(denial -> denials.addObject().put("time", denial.time().toString())
                .put("caller", denial.caller()).put("name", denial.name()).put("explanation", denial.explanation()));
        ArrayNode used = state.putArray("permissionsUsed");
        journal.uses().forEach(use -> used.addObject()
                .put("role", use.role()).put("permission", use.permission()).put("times", use.times()));
        ArrayNode ordered = state.putArray("faults");
        faults.view().forEach(view -> ordered.addObject().put("id", view.id()).put("operation", view.fault().operation())
                .put("caller", view.fault().caller().orElse(null)).put("moment", view.fault().moment().name()).put("delayMillis", view.fault().delayMillis())
                .put("error", view.fault().error().orElse(null)).put("left", view.left()));
        ArrayNode without = state.putArray("withoutEffect");
        omissions.forEach(omission -> without.addObject()
                .put("what", omission.what()).put("path", omission.constructPath()).put("reason", omission.reason()));
        sections.forEach((name, content) -> state.set(name, content.get()));
        return state;
    }

    private void orderFault(Exchange exchange) throws IOException {
        try {
            JsonNode order = JSON.readTree(exchange.body(LARGEST_ORDER));
            List<String> unknown = new ArrayList<>();
            order.fieldNames().forEachRemaining(name -> {
                if (!FAULT_FIELDS.contains(name)) {
                    unknown.add(name);
                }
            });
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("unknown field " + unknown + "; a fault has "
                        + FAULT_FIELDS.stream().sorted().toList());
            }
            long id = faults.order(new Fault(
                    text(order, "operation").orElse(""),
                    text(order, "caller"),
                    moment(text(order, "moment").orElse("BEFORE")),
                    integer(order, "delayMillis", 0),
                    text(order, "error"),
                    integer(order, "status", 400),
                    integer(order, "skip", 0),
                    integer(order, "times", 1)));
            answerJson(exchange, 201, JSON.createObjectNode().put("id", id));
        } catch (JsonProcessingException e) {
            refuse(exchange, 400, "The fault is not JSON.");
        } catch (Exchange.BodyTooLargeException e) {
            refuse(exchange, 413, "A fault has at most " + LARGEST_ORDER + " bytes.");
        } catch (IllegalArgumentException e) {
            refuse(exchange, 400, "Not a fault: " + e.getMessage() + ".");
        }
    }

    /** A value of another type is refused: a default in its place would be another fault than the one ordered. */
    private static Optional<String> text(JsonNode order, String name) {
        JsonNode value = order.path(name);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw new IllegalArgumentException(name + " must be a string, not " + value);
        }
        return Optional.ofNullable(value.textValue());
    }

    private static int integer(JsonNode order, String name, int otherwise) {
        JsonNode value = order.path(name);
        if (!value.isMissingNode() && !value.isInt()) {
            throw new IllegalArgumentException(name + " must be an integer, not " + value);
        }
        return value.asInt(otherwise);
    }

    private static Moment moment(String name) {
        return Stream.of(Moment.values()).filter(moment -> moment.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("moment must be BEFORE or AFTER, not " + name));
    }

    private void kill(Exchange exchange, String name) throws IOException {
        Optional<FunctionPool> pool = functions.get().stream().filter(p -> p.function().name().equals(name)).findFirst();
        if (pool.isEmpty()) {
            refuse(exchange, 404, "No function " + name + ". There are "
                    + functions.get().stream().map(p -> p.function().name()).toList() + ".");
            return;
        }
        answerJson(exchange, 200, JSON.createObjectNode().put("killed", pool.get().killAll()));
    }

    private static void answerJson(Exchange exchange, int status, JsonNode body) throws IOException {
        exchange.answer(status, List.of(new HttpField("Content-Type", "application/json"),
                new HttpField("Cache-Control", "no-store")), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(body));
    }

    private static void refuse(Exchange exchange, int status, String message) throws IOException {
        // Otherwise the server closes the connection, and with it the client's next request may be lost.
        exchange.skipBody();
        answerJson(exchange, status, JSON.createObjectNode().put("message", message));
    }
}
