package dev.plinth.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the expressions of one stack can see: its template, what has been created of it, and the stacks before it. */
final class Scope {
    private final StackArtifact stack;
    private final Pseudo pseudo;
    private final String stackId;
    private final DeployedValues deployed;
    private final Map<String, Boolean> conditions = new HashMap<>();
    private final Set<String> evaluating = new LinkedHashSet<>();
    private final Map<String, CreatedResource> created = new HashMap<>();

    Scope(StackArtifact stack, Pseudo pseudo, String stackId, DeployedValues deployed) {
        this.stack = stack;
        this.pseudo = pseudo;
        this.stackId = stackId;
        this.deployed = deployed;
    }

    void created(String logicalId, CreatedResource resource) {
        created.put(logicalId, resource);
    }

    JsonNode ref(String name, Place place) {
        if (name.equals("AWS::NoValue")) {
            return MissingNode.getInstance();
        }
        Template.Parameter parameter = stack.template().parameters().get(name);
        if (parameter != null) {
            return parameter.value().orElseThrow(() -> new IllegalStateException(name + " has no value"));
        }
        Optional<String> value = pseudo.value(name, stack.name(), stackId);
        return TextNode.valueOf(value.isPresent() ? value.get() : resource(name, place).ref());
    }

    String attribute(String logicalId, String attribute, Place place) {
        Map<String, String> attributes = resource(logicalId, place).attributes();
        String value = attributes.get(attribute);
        if (value == null) {
            String type = stack.template().resources().get(logicalId).type();
            throw place.refuse("the attribute " + attribute + " of " + logicalId + " (" + type + ")",
                    attributes.isEmpty() ? "none" : String.join(", ", attributes.keySet().stream().sorted().toList()));
        }
        return value;
    }

    private CreatedResource resource(String logicalId, Place place) {
        CreatedResource resource = created.get(logicalId);
        if (resource == null) {
            String condition = stack.template().resources().get(logicalId).condition()
                    .map(name -> "; its condition " + name + " is " + condition(name)).orElse("");
            throw place.refuse("a reference to " + logicalId + ", which is not created" + condition,
                    "references to resources that exist");
        }
        return resource;
    }

    boolean condition(String name) {
        Boolean known = conditions.get(name);
        if (known != null) {
            return known;
        }
        if (!evaluating.add(name)) {
            String cycle = String.join(" -> ", evaluating) + " -> " + name;
            throw Place.of(stack.name()).at("Conditions").at(name)
                    .refuse("a cycle of conditions: " + cycle, "conditions without cycles");
        }
        boolean holds = stack.template().conditions().get(name).holds(this);
        evaluating.remove(name);
        conditions.put(name, holds);
        return holds;
    }

    boolean exists(Template.Resource resource) {
        return resource.condition().map(this::condition).orElse(true);
    }

    JsonNode mapping(String name) {
        return stack.template().mappings().get(name);
    }

    String importValue(String name, Place place) {
        return deployed.export(name).orElseThrow(() ->
                place.refuse("an import of " + name, "exports of stacks deployed before: " + deployed.exportNames()));
    }

    String stackOutput(String stackName, String output, Place place) {
        return deployed.output(stackName, output).orElseThrow(() -> place.refuse(
                "the output " + output + " of stack " + stackName,
                "outputs of stacks deployed before: " + deployed.outputNames(stackName)));
    }

    void requireRegion(String region, Place place) {
        if (!region.equals(pseudo.region())) {
            throw place.refuse("the region " + region, pseudo.region());
        }
    }

    /** Three zones, as most regions have. */
    JsonNode availabilityZones() {
        return JsonNodeFactory.instance.arrayNode()
                .add(pseudo.region() + "a").add(pseudo.region() + "b").add(pseudo.region() + "c");
    }
}
