package dev.plinth.local.iam;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Words a denial for the person who has to mend the stack. */
final class Explanation {
    private static final int MOST_NEAR_MISSES = 5;

    private final Denied denied;
    private final AccessRequest request;
    private final List<String> lines = new ArrayList<>();

    private Explanation(Denied denied) {
        this.denied = denied;
        this.request = denied.request();
    }

    static String of(Denied denied) {
        Explanation explanation = new Explanation(denied);
        explanation.write();
        return String.join("\n", explanation.lines);
    }

    private void write() {
        lines.add("Denied: " + request.action() + " on " + request.resourceArn());
        line("role", denied.role().name() + ", construct " + denied.role().constructPath());
        switch (denied.reason()) {
            case EXPLICIT_DENY, EXPLICIT_DENY_IN_BOUNDARY, EXPLICIT_DENY_IN_RESOURCE -> writeDeny();
            case NO_ALLOW -> {
                line("why", denied.role().policies().isEmpty()
                        ? "the role has no policy"
                        : "no statement of the role's policies allows it");
                writeNearMisses(denied.role().policies());
                writeStatement(denied.role().policies().stream().findFirst());
            }
            case BOUNDARY -> {
                line("why", "a policy allows it, but the permissions boundary does not");
                List<Policy> boundary = denied.role().boundary().stream().toList();
                writeNearMisses(boundary);
                writeStatement(denied.role().boundary());
            }
            default -> throw new IllegalStateException("No words for " + denied.reason());
        }
    }

    private void writeDeny() {
        line("why", "denied by " + denied.denying().orElseThrow());
        line("mend", "no Allow outweighs a Deny; narrow that statement if the request is meant to pass");
    }

    private void writeNearMisses(List<Policy> policies) {
        List<String> otherConditions = new ArrayList<>();
        List<String> otherResources = new ArrayList<>();
        List<String> otherActions = new ArrayList<>();
        for (Policy policy : policies) {
            for (Statement statement : policy.statements()) {
                if (statement.allow()) {
                    StatementName where = policy.nameOf(statement);
                    boolean action = statement.actions().match(request.action());
                    boolean resource = statement.resources().match(request.resourceArn());
                    if (action && resource) {
                        otherConditions.add(where + ": its condition fails: " + failed(statement));
                    } else if (action) {
                        otherResources.add(where + ": has the action, but on " + statement.resources());
                    } else if (resource && namesService(statement)) {
                        otherActions.add(where + ": has the resource, but for " + statement.actions());
                    }
                }
            }
        }
        List<String> all = new ArrayList<>(otherConditions);
        all.addAll(otherResources);
        all.addAll(otherActions);
        all.stream().limit(MOST_NEAR_MISSES).forEach(miss -> line("near", miss));
        if (all.size() > MOST_NEAR_MISSES) {
            line("near", all.size() - MOST_NEAR_MISSES + " more");
        }
    }

    /** A statement on every resource is near only if it is about the same service. */
    private boolean namesService(Statement statement) {
        String prefix = request.action().substring(0, request.action().indexOf(':') + 1);
        return statement.actions().patterns().stream().anyMatch(pattern -> pattern.toString().startsWith(prefix));
    }

    private String failed(Statement statement) {
        return statement.failedConditions(request).stream()
                .map(condition -> condition.describe(request.contextValues(condition.key())))
                .collect(Collectors.joining("; "));
    }

    private void writeStatement(Optional<Policy> policy) {
        line("add", JsonNodeFactory.instance.objectNode()
                .put("Effect", "Allow")
                .put("Action", request.action())
                .put("Resource", request.resourceArn())
                .toString());
        String role = "the role at " + denied.role().constructPath();
        line("where", policy.map(existing -> "to the policy at " + existing.constructPath() + " of " + role)
                .orElse("to a policy of " + role)
                + ", by a grant of " + request.action() + " in the CDK construct that owns the resource");
    }

    private void line(String label, String text) {
        lines.add("  " + label + " ".repeat(7 - label.length()) + text);
    }
}
