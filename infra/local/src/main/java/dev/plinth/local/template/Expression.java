package dev.plinth.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A value of a template: a constant, a list, an object or an intrinsic function. Its shape has been checked. */
interface Expression {

    /** Returns the value; {@link MissingNode} for {@code AWS::NoValue}, which removes whatever holds it. */
    JsonNode evaluate(Scope scope);

    /** Shows every name that the value depends on. */
    void visit(References references);

    /** Evaluates to text. A list, an object or nothing is refused. */
    default String text(Scope scope, Place place) {
        return scalar(evaluate(scope), place);
    }

    static String scalar(JsonNode value, Place place) {
        if (!value.isValueNode() || value.isNull()) {
            throw place.refuse(
                    value.isMissingNode() ? "AWS::NoValue" : value.toString(), "a string, a number or a boolean");
        }
        return value.asText();
    }

    /** A string, a number or a boolean. */
    record Constant(JsonNode value) implements Expression {
        static Constant of(String text) {
            return new Constant(JsonNodeFactory.instance.textNode(text));
        }

        @Override
        public JsonNode evaluate(Scope scope) {
            return value;
        }

        @Override
        public void visit(References references) {
            // A constant depends on nothing.
        }
    }

    /** A list. */
    record Sequence(List<Expression> items) implements Expression {
        @Override
        public JsonNode evaluate(Scope scope) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (Expression item : items) {
                JsonNode value = item.evaluate(scope);
                if (!value.isMissingNode()) {
                    list.add(value);
                }
            }
            return list;
        }

        @Override
        public void visit(References references) {
            items.forEach(item -> item.visit(references));
        }
    }

    /** An object that is not an intrinsic function. */
    record Members(Map<String, Expression> members) implements Expression {
        @Override
        public JsonNode evaluate(Scope scope) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            members.forEach((name, member) -> {
                JsonNode value = member.evaluate(scope);
                if (!value.isMissingNode()) {
                    object.set(name, value);
                }
            });
            return object;
        }

        @Override
        public void visit(References references) {
            members.values().forEach(member -> member.visit(references));
        }
    }
}
