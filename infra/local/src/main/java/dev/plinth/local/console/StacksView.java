package dev.plinth.local.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.plinth.local.stack.StackEvent;
import dev.plinth.local.stack.StackView;
import dev.plinth.local.stack.Stacks;
import java.util.Comparator;
import java.util.List;

/** The stacks that programs deployed, and what happened to them lately, as JSON; newest first. */
public final class StacksView {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 50;

    private StacksView() {
    }

    public static void addTo(Console console, Stacks stacks) {
        console.section("deployedStacks", () -> stacks(stacks.all()));
        console.section("deployedStackEvents", () -> events(stacks));
    }

    private static JsonNode stacks(List<StackView> stacks) {
        ArrayNode nodes = JSON.createArrayNode();
        stacks.stream().sorted(Comparator.comparing(StackView::createdAt).reversed()).limit(SHOWN).forEach(stack -> {
            long present = stack.resources().stream()
                    .filter(resource -> resource.status().equals("CREATE_COMPLETE")).count();
            nodes.addObject().put("name", stack.name()).put("status", stack.status().name())
                    .put("reason", stack.reason().orElse(null)).put("resources", present + " of " + stack.planned())
                    .put("created", stack.createdAt().toString()).put("role", stack.roleArn());
        });
        return nodes;
    }

    private static JsonNode events(Stacks stacks) {
        ArrayNode nodes = JSON.createArrayNode();
        stacks.all().stream()
                .flatMap(stack -> stacks.events(stack.id()).stream().map(event -> new Happened(stack.name(), event)))
                .sorted(Comparator.comparing((Happened happened) -> happened.event().time()).reversed())
                .limit(SHOWN)
                .forEach(happened -> nodes.addObject().put("time", happened.event().time().toString())
                        .put("stack", happened.stack()).put("resource", happened.event().logicalId())
                        .put("type", happened.event().type()).put("status", happened.event().status())
                        .put("physicalId", happened.event().physicalId())
                        .put("reason", happened.event().reason().orElse(null)));
        return nodes;
    }

    private record Happened(String stack, StackEvent event) {
    }
}
