package dev.plinth.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads one stack's template. An element that it does not know is refused, since it might have an effect on AWS. */
final class TemplateParser {
    private static final Set<String> SECTIONS = Set.of("AWSTemplateFormatVersion", "Description", "Metadata",
            "Parameters", "Mappings", "Conditions", "Rules", "Transform", "Resources", "Outputs");
    private static final Set<String> RESOURCE_KEYS = Set.of("Type", "Properties", "DependsOn", "Condition", "Metadata",
            "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy");
    private static final Set<String> PARAMETER_KEYS = Set.of("Type", "Default", "Description", "NoEcho",
            "AllowedValues", "AllowedPattern", "ConstraintDescription", "MinLength", "MaxLength", "MinValue",
            "MaxValue");
    private static final Set<String> OUTPUT_KEYS = Set.of("Value", "Description", "Export", "Condition");
    private static final Set<String> DELETION_POLICIES = Set.of("Delete", "Retain", "RetainExceptOnCreate", "Snapshot");
    private static final String BOOTSTRAP_RULE = "CheckBootstrapVersion";
    private static final String LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions";
    private static final String NESTED_STACK = "AWS::CloudFormation::Stack";

    /** Reads one entry of a section. */
    private interface EntryReader<T> {
        T read(String key, JsonNode node, Place place);
    }

    private final JsonNode root;
    private final Place place;
    private final Map<String, String> constructPaths;
    private final Map<String, String> parameterValues;
    private final ExpressionParser expressions;

    private TemplateParser(
            String stackName, JsonNode root, Map<String, String> constructPaths, Map<String, String> parameterValues) {
        this.root = root;
        this.place = Place.of(stackName);
        this.constructPaths = constructPaths;
        this.parameterValues = parameterValues;
        this.expressions = new ExpressionParser(root.path("Transform").asText().equals(LANGUAGE_EXTENSIONS));
    }

    /**
     * @param constructPaths  construct paths by logical id, for elements whose own metadata has none
     * @param parameterValues values that the assembly gives to parameters, before their defaults
     */
    static Template parse(
            String stackName, JsonNode root, Map<String, String> constructPaths, Map<String, String> parameterValues) {
        Template template = new TemplateParser(stackName, root, constructPaths, parameterValues).parse();
        NameCheck.check(template, Place.of(stackName));
        return template;
    }

    private Template parse() {
        known(object(root, place), SECTIONS, place);
        checkTransform();
        known(section("Rules"), Set.of(BOOTSTRAP_RULE), place.at("Rules"));
        Map<String, Template.Parameter> parameters = each("Parameters", this::parameter);
        for (String name : parameterValues.keySet()) {
            if (!parameters.containsKey(name)) {
                throw place.at("Parameters").refuse("a value for the parameter " + name, names(parameters));
            }
        }
        return new Template(
                optionalText(root, "Description", place),
                parameters,
                each("Mappings", (name, mapping, where) -> object(mapping, where)),
                each("Conditions", (name, condition, where) -> expressions.parseCondition(condition, where)),
                each("Resources", this::resource),
                each("Outputs", this::output));
    }

    private void checkTransform() {
        JsonNode transform = root.path("Transform");
        if (!transform.isMissingNode() && !transform.asText().equals(LANGUAGE_EXTENSIONS)) {
            throw place.at("Transform").refuse(transform.toString(), LANGUAGE_EXTENSIONS);
        }
    }

    private Template.Parameter parameter(String name, JsonNode node, Place bare) {
        Place where = owned(name, node, bare);
        known(object(node, where), PARAMETER_KEYS, where);
        String type = text(node, "Type", where);
        String given = parameterValues.get(name);
        JsonNode value = given == null ? node.path("Default") : TextNode.valueOf(given);
        if (type.startsWith("AWS::SSM::Parameter::")) {
            return new Template.Parameter(type, Optional.empty());
        }
        if (value.isMissingNode()) {
            throw where.refuse(
                    "a parameter without a default", "parameters with a default, since nobody is asked for values");
        }
        String text = Expression.scalar(value, where.at("Default"));
        JsonNode allowed = node.path("AllowedValues");
        if (allowed.isArray() && !contains(allowed, text)) {
            throw where.refuse("the value " + text, allowed.toString());
        }
        return new Template.Parameter(type, Optional.of(switch (type) {
            case "String", "Number" -> TextNode.valueOf(text);
            case "CommaDelimitedList", "List<Number>", "List<String>" -> commaSeparated(text);
            default -> throw where.at("Type").refuse(type, "String, Number, CommaDelimitedList, List<Number>");
        }));
    }

    private Template.Resource resource(String logicalId, JsonNode node, Place bare) {
        Place where = owned(logicalId, node, bare);
        known(object(node, where), RESOURCE_KEYS, where);
        String type = text(node, "Type", where);
        if (type.equals(NESTED_STACK)) {
            throw where.refuse("a nested stack", "stacks at the top level of the app");
        }
        Optional<String> deletionPolicy = optionalText(node, "DeletionPolicy", where);
        if (deletionPolicy.isPresent() && !DELETION_POLICIES.contains(deletionPolicy.get())) {
            throw where.at("DeletionPolicy").refuse(deletionPolicy.get(), sorted(DELETION_POLICIES));
        }
        JsonNode properties = node.has("Properties")
                ? object(node.get("Properties"), where.at("Properties"))
                : JsonNodeFactory.instance.objectNode();
        Expression parsed = expressions.parse(properties, where.at("Properties"));
        if (!(parsed instanceof Expression.Members)) {
            throw where.at("Properties").refuse(properties.toString(), "an object of properties");
        }
        return new Template.Resource(
                type, parsed, dependsOn(node, where), optionalText(node, "Condition", where), deletionPolicy, where);
    }

    private static List<String> dependsOn(JsonNode node, Place where) {
        JsonNode value = node.path("DependsOn");
        List<String> ids = new ArrayList<>();
        if (value.isArray()) {
            for (JsonNode id : value) {
                ids.add(ExpressionParser.literal(id, where.at("DependsOn"), "a logical id"));
            }
        } else if (!value.isMissingNode()) {
            ids.add(ExpressionParser.literal(value, where.at("DependsOn"), "a logical id"));
        }
        return ids;
    }

    private Template.Output output(String key, JsonNode node, Place bare) {
        Place where = owned(key, node, bare);
        known(object(node, where), OUTPUT_KEYS, where);
        if (!node.has("Value")) {
            throw where.refuse("an output without a value", "Value");
        }
        Optional<Expression> exportName = Optional.empty();
        if (node.has("Export")) {
            JsonNode export = object(node.get("Export"), where.at("Export"));
            known(export, Set.of("Name"), where.at("Export"));
            if (!export.has("Name")) {
                throw where.at("Export").refuse("an export without a name", "Name");
            }
            exportName = Optional.of(expressions.parse(export.get("Name"), where.at("Export").at("Name")));
        }
        return new Template.Output(
                expressions.parse(node.get("Value"), where.at("Value")),
                optionalText(node, "Description", where),
                exportName,
                optionalText(node, "Condition", where),
                where);
    }

    private Place owned(String logicalId, JsonNode node, Place bare) {
        String own = node.path("Metadata").path("aws:cdk:path").asText();
        String path = own.isEmpty() ? constructPaths.get(logicalId) : own;
        // A template that the CDK did not write has no construct paths; the logical id is as near as one comes.
        return bare.ownedBy(path == null ? bare.stackName() + "/" + logicalId : path);
    }

    private <T> Map<String, T> each(String section, EntryReader<T> reader) {
        Map<String, T> all = new LinkedHashMap<>();
        section(section).properties().forEach(entry -> all.put(entry.getKey(),
                reader.read(entry.getKey(), entry.getValue(), place.at(section).at(entry.getKey()))));
        return all;
    }

    private ObjectNode section(String name) {
        return root.has(name) ? object(root.get(name), place.at(name)) : JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode object(JsonNode node, Place where) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw where.refuse(node.toString(), "an object");
    }

    private static void known(JsonNode node, Set<String> keys, Place where) {
        node.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                throw where.at(key).refuse(key, sorted(keys));
            }
        });
    }

    private static String text(JsonNode node, String key, Place where) {
        return optionalText(node, key, where)
                .orElseThrow(() -> where.refuse("no " + key, key + " written as a string"));
    }

    private static Optional<String> optionalText(JsonNode node, String key, Place where) {
        return node.has(key)
                ? Optional.of(ExpressionParser.literal(node.get(key), where.at(key), key))
                : Optional.empty();
    }

    private static boolean contains(JsonNode allowed, String text) {
        for (JsonNode value : allowed) {
            if (value.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    private static ArrayNode commaSeparated(String text) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String item : text.split(",", -1)) {
            list.add(item.strip());
        }
        return list;
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }

    private static String names(Map<String, ?> map) {
        return map.isEmpty() ? "none" : String.join(", ", map.keySet());
    }
}
