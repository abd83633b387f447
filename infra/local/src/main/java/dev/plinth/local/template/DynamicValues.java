package dev.plinth.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces the dynamic references in resolved values, once: a secret that looks like a reference stays as it is. */
final class DynamicValues {
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{resolve:([^{}]*)}}");

    private final DynamicReferences references;

    DynamicValues(DynamicReferences references) {
        this.references = references;
    }

    JsonNode resolve(JsonNode value, Place place) {
        if (value.isTextual()) {
            return value.asText().contains("{{resolve:") ? TextNode.valueOf(resolve(value.asText(), place)) : value;
        }
        if (value.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : value) {
                list.add(resolve(item, place.at(list.size())));
            }
            return list;
        }
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(member ->
                    object.set(member.getKey(), resolve(member.getValue(), place.at(member.getKey()))));
            return object;
        }
        return value;
    }

    private String resolve(String text, Place place) {
        Matcher matcher = REFERENCE.matcher(text);
        return matcher.replaceAll(match -> Matcher.quoteReplacement(references.resolve(match.group(1)).orElseThrow(
                () -> place.refuse("the dynamic reference " + match.group(), "references that are resolved here"))));
    }
}
