package dev.plinth.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The intrinsic functions that work on text and lists of text. */
final class TextFunctions {
    private TextFunctions() {
    }

    /** {@code Fn::Sub}, taken apart into constants and lookups. */
    record Sub(List<Expression> parts, Place place) implements Expression {
        @Override
        public JsonNode evaluate(Scope scope) {
            return TextNode.valueOf(parts.stream().map(part -> part.text(scope, place)).collect(Collectors.joining()));
        }

        @Override
        public void visit(References references) {
            parts.forEach(part -> part.visit(references));
        }
    }

    record Join(String delimiter, Expression list, Place place) implements Expression {
        @Override
        public JsonNode evaluate(Scope scope) {
            StringJoiner joined = new StringJoiner(delimiter);
            for (JsonNode item : listOf(list, scope, place.at(1))) {
                joined.add(Expression.scalar(item, place.at(1)));
            }
            return TextNode.valueOf(joined.toString());
        }

        @Override
        public void visit(References references) {
            list.visit(references);
        }
    }

    record Select(Expression index, Expression list, Place place) implements Expression {
        @Override
        public JsonNode evaluate(Scope scope) {
            String text = index.text(scope, place.at(0));
            JsonNode items = listOf(list, scope, place.at(1));
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) >= items.size()) {
                throw place.at(0).refuse("index " + text, "0 to " + (items.size() - 1) + " of " + items);
            }
            return items.get(Integer.parseInt(text));
        }

        @Override
        public void visit(References references) {
            index.visit(references);
            list.visit(references);
        }
    }

    record Split(String delimiter, Expression source, Place place) implements Expression {
        @Override
        public JsonNode evaluate(Scope scope) {
            String text = source.text(scope, place.at(1));
            ArrayNode pieces = JsonNodeFactory.instance.arrayNode();
            int start = 0;
            for (int end = text.indexOf(delimiter); end >= 0; end = text.indexOf(delimiter, start)) {
                pieces.add(text.substring(start, end));
                start = end + delimiter.length();
            }
            return pieces.add(text.substring(start));
        }

        @Override
        public void visit(References references) {
            source.visit(references);
        }
    }

    record ToBase64(Expression source, Place place) implements Expression {
        @Override
        public JsonNode evaluate(Scope scope) {
            byte[] bytes = source.text(scope, place).getBytes(StandardCharsets.UTF_8);
            return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
        }

        @Override
        public void visit(References references) {
            source.visit(references);
        }
    }

    record GetAzs(Expression region, Place place) implements Expression {
        @Override
        public JsonNode evaluate(Scope scope) {
            String name = region.text(scope, place);
            if (!name.isEmpty()) {
                scope.requireRegion(name, place);
            }
            return scope.availabilityZones();
        }

        @Override
        public void visit(References references) {
            region.visit(references);
        }
    }

    private static JsonNode listOf(Expression list, Scope scope, Place place) {
        JsonNode value = list.evaluate(scope);
        if (!value.isArray()) {
            throw place.refuse(value.isMissingNode() ? "AWS::NoValue" : value.toString(), "a list");
        }
        return value;
    }
}
