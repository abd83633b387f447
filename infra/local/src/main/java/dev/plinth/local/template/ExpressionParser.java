package dev.plinth.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads values and conditions of a template. Whatever has another shape than CloudFormation documents is refused. */
final class ExpressionParser {
    /** Deeper than any template that the CDK writes; far from the end of the stack. */
    private static final int MAX_DEPTH = 100;

    private static final String FUNCTIONS = "Ref, Fn::Base64, Fn::FindInMap, Fn::GetAtt, Fn::GetAZs, "
            + "Fn::GetStackOutput, Fn::If, Fn::ImportValue, Fn::Join, Fn::Select, Fn::Split, Fn::Sub";
    private static final String CONDITIONS = "Condition, Fn::And, Fn::Equals, Fn::Not, Fn::Or";
    private static final Set<String> STACK_OUTPUT_KEYS = Set.of("StackName", "OutputName", "Region", "RoleArn");

    private final boolean languageExtensions;
    private int depth;

    /**
     * @param languageExtensions whether the template declares the transform that gives Fn::FindInMap a default value
     */
    ExpressionParser(boolean languageExtensions) {
        this.languageExtensions = languageExtensions;
    }

    Expression parse(JsonNode node, Place place) {
        if (++depth > MAX_DEPTH) {
            throw place.refuse("values nested deeper than " + MAX_DEPTH, "at most " + MAX_DEPTH + " levels");
        }
        try {
            return parseNode(node, place);
        } finally {
            depth--;
        }
    }

    Condition parseCondition(JsonNode node, Place place) {
        if (++depth > MAX_DEPTH) {
            throw place.refuse("conditions nested deeper than " + MAX_DEPTH, "at most " + MAX_DEPTH + " levels");
        }
        try {
            return parseConditionNode(node, place);
        } finally {
            depth--;
        }
    }

    private Expression parseNode(JsonNode node, Place place) {
        if (node.isArray()) {
            List<Expression> items = new ArrayList<>();
            for (JsonNode item : node) {
                items.add(parse(item, place.at(items.size())));
            }
            return new Expression.Sequence(items);
        }
        if (node.isObject()) {
            Optional<String> function = functionName(node, place);
            return function.isPresent() ? parseFunction(function.get(), node, place) : parseMembers(node, place);
        }
        if (node.isNull()) {
            throw place.refuse("null", "any value but null");
        }
        return new Expression.Constant(node);
    }

    private Expression parseMembers(JsonNode node, Place place) {
        Map<String, Expression> members = new LinkedHashMap<>();
        node.properties().forEach(member ->
                members.put(member.getKey(), parse(member.getValue(), place.at(member.getKey()))));
        return new Expression.Members(members);
    }

    /** An object is a function if it has one member of such a name; beside other members the name is a mistake. */
    private static Optional<String> functionName(JsonNode node, Place place) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String name = member.getKey();
            if (name.equals("Ref") || name.startsWith("Fn::")) {
                if (node.size() > 1) {
                    throw place.refuse(name + " beside other members", "a function alone in its object");
                }
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private Expression parseFunction(String name, JsonNode node, Place around) {
        JsonNode argument = node.get(name);
        Place place = around.at(name);
        return switch (name) {
            case "Ref" -> new LookupFunctions.Ref(literal(argument, place, "a name"), place);
            case "Fn::GetAtt" -> getAtt(argument, place);
            case "Fn::Sub" -> sub(argument, place);
            case "Fn::Join" -> {
                JsonNode arguments = arguments(argument, place, 2, "[delimiter, list]");
                String delimiter = literal(arguments.get(0), place.at(0), "a delimiter");
                yield new TextFunctions.Join(delimiter, parse(arguments.get(1), place.at(1)), place);
            }
            case "Fn::Select" -> {
                JsonNode arguments = arguments(argument, place, 2, "[index, list]");
                yield new TextFunctions.Select(
                        parse(arguments.get(0), place.at(0)), parse(arguments.get(1), place.at(1)), place);
            }
            case "Fn::Split" -> {
                JsonNode arguments = arguments(argument, place, 2, "[delimiter, text]");
                String delimiter = literal(arguments.get(0), place.at(0), "a delimiter");
                if (delimiter.isEmpty()) {
                    throw place.at(0).refuse("an empty delimiter", "a delimiter of one character or more");
                }
                yield new TextFunctions.Split(delimiter, parse(arguments.get(1), place.at(1)), place);
            }
            case "Fn::If" -> {
                JsonNode arguments = arguments(argument, place, 3, "[condition, value if true, value if false]");
                yield new LookupFunctions.If(literal(arguments.get(0), place.at(0), "a condition's name"),
                        parse(arguments.get(1), place.at(1)), parse(arguments.get(2), place.at(2)), place);
            }
            case "Fn::FindInMap" -> findInMap(argument, place);
            case "Fn::Base64" -> new TextFunctions.ToBase64(parse(argument, place), place);
            case "Fn::GetAZs" -> new TextFunctions.GetAzs(parse(argument, place), place);
            case "Fn::ImportValue" -> new LookupFunctions.ImportValue(parse(argument, place), place);
            case "Fn::GetStackOutput" -> getStackOutput(argument, place);
            default -> throw around.refuse("the function " + name, FUNCTIONS);
        };
    }

    private static Expression getAtt(JsonNode argument, Place place) {
        if (argument.isTextual()) {
            int dot = argument.asText().indexOf('.');
            if (dot < 1 || dot == argument.asText().length() - 1) {
                throw place.refuse(argument.toString(), "LogicalId.Attribute");
            }
            return new LookupFunctions.GetAtt(
                    argument.asText().substring(0, dot), argument.asText().substring(dot + 1), place);
        }
        JsonNode arguments = arguments(argument, place, 2, "[logical id, attribute]");
        return new LookupFunctions.GetAtt(literal(arguments.get(0), place.at(0), "a logical id"),
                literal(arguments.get(1), place.at(1), "an attribute's name"), place);
    }

    private Expression sub(JsonNode argument, Place place) {
        if (argument.isTextual()) {
            return SubText.parse(argument.asText(), Map.of(), place);
        }
        JsonNode arguments = arguments(argument, place, 2, "text, or [text, variables]");
        if (!arguments.get(1).isObject()) {
            throw place.at(1).refuse(arguments.get(1).toString(), "an object of variables");
        }
        Map<String, Expression> variables = new LinkedHashMap<>();
        arguments.get(1).properties().forEach(variable ->
                variables.put(variable.getKey(), parse(variable.getValue(), place.at(1).at(variable.getKey()))));
        return SubText.parse(literal(arguments.get(0), place.at(0), "text"), variables, place);
    }

    private Expression findInMap(JsonNode argument, Place place) {
        Optional<Expression> otherwise = Optional.empty();
        JsonNode arguments = argument;
        if (argument.isArray() && argument.size() == 4) {
            JsonNode options = argument.get(3);
            if (!languageExtensions || options.size() != 1 || !options.has("DefaultValue")) {
                throw place.at(3).refuse(options.toString(),
                        "{\"DefaultValue\": ...} in a template that declares Transform AWS::LanguageExtensions");
            }
            otherwise = Optional.of(parse(options.get("DefaultValue"), place.at(3).at("DefaultValue")));
        } else {
            arguments = arguments(argument, place, 3, "[mapping, top key, second key]");
        }
        return new LookupFunctions.FindInMap(literal(arguments.get(0), place.at(0), "a mapping's name"),
                parse(arguments.get(1), place.at(1)), parse(arguments.get(2), place.at(2)), otherwise, place);
    }

    private Expression getStackOutput(JsonNode argument, Place place) {
        String shape = "{StackName, OutputName, Region}";
        if (!argument.isObject() || !argument.has("StackName") || !argument.has("OutputName")) {
            throw place.refuse(argument.toString(), shape);
        }
        argument.fieldNames().forEachRemaining(key -> {
            if (!STACK_OUTPUT_KEYS.contains(key)) {
                throw place.at(key).refuse(key, shape);
            }
        });
        if (argument.has("RoleArn")) {
            throw place.at("RoleArn").refuse("RoleArn, an output of another account", shape);
        }
        return new LookupFunctions.GetStackOutput(
                parse(argument.get("StackName"), place.at("StackName")),
                parse(argument.get("OutputName"), place.at("OutputName")),
                Optional.ofNullable(argument.get("Region")).map(region -> parse(region, place.at("Region"))),
                place);
    }

    private Condition parseConditionNode(JsonNode node, Place around) {
        if (!node.isObject() || node.size() != 1) {
            throw around.refuse(node.toString(), CONDITIONS);
        }
        String name = node.fieldNames().next();
        JsonNode argument = node.get(name);
        Place place = around.at(name);
        return switch (name) {
            case "Condition" -> new Condition.Named(literal(argument, place, "a condition's name"), place);
            case "Fn::Equals" -> {
                JsonNode arguments = arguments(argument, place, 2, "[value, value]");
                yield new Condition.Equals(parse(arguments.get(0), place.at(0)), parse(arguments.get(1), place.at(1)));
            }
            case "Fn::And" -> new Condition.And(terms(argument, place));
            case "Fn::Or" -> new Condition.Or(terms(argument, place));
            case "Fn::Not" -> new Condition.Not(
                    parseCondition(arguments(argument, place, 1, "[condition]").get(0), place.at(0)));
            default -> throw around.refuse(name, CONDITIONS);
        };
    }

    private List<Condition> terms(JsonNode argument, Place place) {
        if (!argument.isArray() || argument.size() < 2 || argument.size() > 10) {
            throw place.refuse(argument.toString(), "a list of 2 to 10 conditions");
        }
        List<Condition> terms = new ArrayList<>();
        for (JsonNode term : argument) {
            terms.add(parseCondition(term, place.at(terms.size())));
        }
        return terms;
    }

    private static JsonNode arguments(JsonNode argument, Place place, int count, String shape) {
        if (!argument.isArray() || argument.size() != count) {
            throw place.refuse(argument.toString(), shape);
        }
        return argument;
    }

    static String literal(JsonNode node, Place place, String what) {
        if (!node.isTextual()) {
            throw place.refuse(node.toString(), what + " written as a string");
        }
        return node.asText();
    }
}
