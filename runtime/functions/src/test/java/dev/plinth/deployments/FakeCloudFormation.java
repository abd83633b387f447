package dev.plinth.deployments;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * CloudFormation over HTTP, as far as deployments use it, with stacks of two resources. Each look at a stack takes it
 * one state further, so a test needs no time. It refuses what AWS refuses, and counts what AWS would charge for.
 */
final class FakeCloudFormation implements AutoCloseable {
    private static final String NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

    private final HttpServer server;
    private final Map<String, Stack> stacks = new LinkedHashMap<>();
    private final List<Map<String, String>> calls = new ArrayList<>();
    private boolean failingCreation;
    private boolean failingDeletion;
    private boolean standingStill;
    private String changeSetRefusal = "";
    private String changeSetFailure = "";
    private boolean throttling;

    /** A stack, deleted ones included. */
    static final class Stack {
        private final String name;
        private final String id;
        private final List<String> events = new ArrayList<>();
        private String status = "REVIEW_IN_PROGRESS";
        private String token = "";
        private String changeSet = "";
        private String changeSetStatus = "";
        private String execution = "UNAVAILABLE";
        private boolean failing;

        private Stack(String name) {
            this.name = name;
            this.id = "arn:aws:cloudformation:eu-central-1:1:stack/" + name + "/" + UUID.randomUUID();
        }

        String name() {
            return name;
        }

        String status() {
            return status;
        }

        private void resource(String logicalId, String state, String reason) {
            events.add(0, "<member><StackId>%s</StackId><EventId>%s</EventId><StackName>%s</StackName>".formatted(id,
                    UUID.randomUUID(), name) + "<LogicalResourceId>" + logicalId + "</LogicalResourceId>"
                    + "<PhysicalResourceId>" + (logicalId.equals(name) ? id : logicalId) + "</PhysicalResourceId>"
                    + "<ResourceType>AWS::SQS::Queue</ResourceType><Timestamp>2026-03-01T12:00:00Z</Timestamp>"
                    + "<ResourceStatus>" + state + "</ResourceStatus>"
                    + (reason.isEmpty() ? "" : "<ResourceStatusReason>" + reason + "</ResourceStatusReason>")
                    + "</member>");
        }
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String code;

        Refused(String code, String message) {
            super(message);
            this.code = code;
        }
    }

    FakeCloudFormation() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Forgets all, and does what it is told. */
    synchronized void startAnew() {
        stacks.clear();
        calls.clear();
        failingCreation = false;
        failingDeletion = false;
        standingStill = false;
        changeSetRefusal = "";
        changeSetFailure = "";
        throttling = false;
    }

    /** Lets the second resource of stacks fail that are created from now on. */
    synchronized void failCreations() {
        failingCreation = true;
    }

    synchronized void failDeletions(boolean fail) {
        failingDeletion = fail;
    }

    /** Lets no stack get on by being looked at. */
    synchronized void standStill(boolean still) {
        standingStill = still;
    }

    synchronized void refuseChangeSets(String message) {
        changeSetRefusal = message;
    }

    synchronized void failChangeSets(String reason) {
        changeSetFailure = reason;
    }

    synchronized void throttle(boolean throttled) {
        throttling = throttled;
    }

    /** Returns all stacks that there ever were. */
    synchronized List<Stack> stacks() {
        return List.copyOf(stacks.values());
    }

    /** Returns the parameters of each call of an operation. */
    synchronized List<Map<String, String>> calls(String operation) {
        return calls.stream().filter(call -> call.get("Action").equals(operation)).toList();
    }

    /** Deletes a stack as somebody else would. */
    synchronized void deleteFromOutside() {
        stacks.values().forEach(stack -> stack.status = "DELETE_COMPLETE");
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> call =
                    form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            calls.add(call);
            try {
                if (throttling) {
                    throw new Refused("Throttling", "Rate exceeded");
                }
                String operation = call.get("Action");
                send(exchange, 200, "<%sResponse xmlns=\"%s\"><%sResult>%s</%sResult></%sResponse>".formatted(operation,
                        NAMESPACE, operation, answer(operation, call), operation, operation));
            } catch (Refused refused) {
                send(exchange, refused.code.equals("ChangeSetNotFound") ? 404 : 400,
                        ("<ErrorResponse xmlns=\"%s\"><Error><Type>Sender</Type><Code>%s</Code>"
                        + "<Message>%s</Message></Error></ErrorResponse>")
                        .formatted(NAMESPACE, refused.code, refused.getMessage()));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> form(String form) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            parameters.put(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private String answer(String operation, Map<String, String> call) {
        return switch (operation) {
            case "DescribeStacks" -> describe(call);
            case "DescribeStackEvents" -> "<StackEvents>" + String.join("", stack(call).events) + "</StackEvents>";
            case "CreateChangeSet" -> prepare(call);
            case "DescribeChangeSet" -> describeChangeSet(changeSet(call));
            case "ExecuteChangeSet" -> execute(changeSet(call), call);
            case "DeleteStack" -> delete(call);
            default -> throw new Refused("InvalidAction", operation);
        };
    }

    private Optional<Stack> find(String nameOrId) {
        return stacks.values().stream().filter(stack -> stack.id.equals(nameOrId)
                || stack.name.equals(nameOrId) && !stack.status.equals("DELETE_COMPLETE")).findFirst();
    }

    private Stack stack(Map<String, String> call) {
        String nameOrId = call.get("StackName");
        return find(nameOrId)
                .orElseThrow(() -> new Refused("ValidationError", "Stack with id " + nameOrId + " does not exist"));
    }

    private Stack changeSet(Map<String, String> call) {
        Stack stack = stack(call);
        if (!stack.changeSet.equals(call.get("ChangeSetName"))) {
            throw new Refused("ChangeSetNotFound", "ChangeSet [" + call.get("ChangeSetName") + "] does not exist");
        }
        return stack;
    }

    private String describe(Map<String, String> call) {
        Stack stack = stack(call);
        String outputs = stack.status.equals("CREATE_COMPLETE")
                ? "<Outputs><member><OutputKey>JobsUrl</OutputKey><OutputValue>https://jobs</OutputValue></member>"
                + "</Outputs>" : "";
        String answer = "<Stacks><member><StackName>%s</StackName><StackId>%s</StackId><StackStatus>%s</StackStatus>%s"
                .formatted(stack.name, stack.id, stack.status, outputs)
                + "<CreationTime>2026-03-01T12:00:00Z</CreationTime></member></Stacks>";
        if (!standingStill) {
            getOn(stack);
        }
        return answer;
    }

    private void getOn(Stack stack) {
        switch (stack.status) {
            case "CREATE_IN_PROGRESS" -> {
                stack.resource("Dead", "CREATE_COMPLETE", "");
                if (stack.failing) {
                    stack.resource("Jobs", "CREATE_FAILED", "the queue is broken");
                    stack.resource("Other", "CREATE_FAILED", "Resource creation cancelled");
                    stack.status = "ROLLBACK_IN_PROGRESS";
                } else {
                    stack.resource("Jobs", "CREATE_COMPLETE", "");
                    stack.status = "CREATE_COMPLETE";
                    stack.execution = "EXECUTE_COMPLETE";
                }
            }
            case "ROLLBACK_IN_PROGRESS" -> stack.status = "ROLLBACK_COMPLETE";
            case "DELETE_IN_PROGRESS" -> {
                if (failingDeletion) {
                    stack.resource("Jobs", "DELETE_FAILED", "the queue is not empty");
                    stack.status = "DELETE_FAILED";
                } else {
                    stack.resource("Jobs", "DELETE_COMPLETE", "");
                    stack.status = "DELETE_COMPLETE";
                }
            }
            default -> { }
        }
    }

    private String prepare(Map<String, String> call) {
        if (!changeSetRefusal.isEmpty()) {
            throw new Refused("ValidationError", changeSetRefusal);
        }
        String name = call.get("StackName");
        Optional<Stack> existing = find(name);
        if (existing.isPresent() && !existing.get().changeSet.isEmpty()) {
            if (!existing.get().token.equals(call.get("ClientToken"))) {
                throw new Refused("AlreadyExistsException", "ChangeSet exists");
            }
            return prepared(existing.get());
        }
        Stack stack = existing.orElseGet(() -> {
            Stack added = new Stack(name);
            stacks.put(added.id, added);
            return added;
        });
        stack.changeSet = call.get("ChangeSetName");
        stack.token = call.get("ClientToken");
        stack.changeSetStatus = "CREATE_PENDING";
        return prepared(stack);
    }

    private static String prepared(Stack stack) {
        return "<Id>arn:changeSet</Id><StackId>" + stack.id + "</StackId>";
    }

    private String describeChangeSet(Stack stack) {
        String answer = "<ChangeSetName>%s</ChangeSetName><StackId>%s</StackId><Status>%s</Status>%s<ExecutionStatus>%s"
                .formatted(stack.changeSet, stack.id, stack.changeSetStatus, stack.changeSetStatus.equals("FAILED")
                        ? "<StatusReason>" + changeSetFailure + "</StatusReason>" : "", stack.execution)
                + "</ExecutionStatus><Changes><member><Type>Resource</Type></member>"
                + "<member><Type>Resource</Type></member></Changes>";
        if (stack.changeSetStatus.equals("CREATE_PENDING")) {
            boolean fails = !changeSetFailure.isEmpty();
            stack.changeSetStatus = fails ? "FAILED" : "CREATE_COMPLETE";
            stack.execution = fails ? "UNAVAILABLE" : "AVAILABLE";
        }
        return answer;
    }

    private String execute(Stack stack, Map<String, String> call) {
        if (!stack.execution.equals("AVAILABLE")) {
            throw new Refused("InvalidChangeSetStatus", "ChangeSet cannot be executed in its current status");
        }
        stack.execution = "EXECUTE_IN_PROGRESS";
        stack.status = "CREATE_IN_PROGRESS";
        stack.failing = failingCreation;
        stack.resource(stack.name, "CREATE_IN_PROGRESS", "User Initiated");
        stack.resource("Dead", "CREATE_IN_PROGRESS", "");
        return "";
    }

    private String delete(Map<String, String> call) {
        find(call.get("StackName")).ifPresent(stack -> {
            if (stack.status.equals("ROLLBACK_IN_PROGRESS")) {
                throw new Refused("ValidationError",
                        "Stack [" + stack.name + "] cannot be deleted while in status ROLLBACK_IN_PROGRESS");
            }
            if (!stack.status.equals("DELETE_COMPLETE")) {
                stack.status = stack.status.equals("REVIEW_IN_PROGRESS") ? "DELETE_COMPLETE" : "DELETE_IN_PROGRESS";
            }
        });
        return "";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
