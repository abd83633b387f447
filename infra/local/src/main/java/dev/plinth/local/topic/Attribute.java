package dev.plinth.local.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * An attribute of a message.
 *
 * @param type  {@code String}, {@code String.Array}, {@code Number} or {@code Binary}, perhaps with a label after a dot
 * @param value the text; of binary data, its Base64 form
 */
public record Attribute(String type, String value) {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** @throws SnsException when the type or the value is none that SNS takes */
    public Attribute {
        if (!type.matches("(String|Number|Binary)(\\.[A-Za-z0-9_.-]+)?")) {
            throw SnsException.invalid("The message attribute has an invalid message attribute type " + type);
        }
        if (value.isEmpty()) {
            throw SnsException.invalid("A message attribute must contain a non-empty value");
        }
        if (type.startsWith("Number")) {
            number(value);
        }
    }

    boolean isBinary() {
        return type.startsWith("Binary");
    }

    /** Returns what a filter policy compares: several values of an array, none of binary data. */
    List<JsonNode> values() {
        if (type.startsWith("Number")) {
            return List.of(DecimalNode.valueOf(number(value)));
        }
        if (type.equals("String.Array")) {
            return array(value);
        }
        return isBinary() ? List.of() : List.of(TextNode.valueOf(value));
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw SnsException.invalid("Could not cast message attribute value to number");
        }
    }

    /** An array that cannot be read has no value that a filter could want. */
    private static List<JsonNode> array(String text) {
        List<JsonNode> values = new ArrayList<>();
        try {
            JsonNode array = JSON.readTree(text);
            if (array.isArray()) {
                array.forEach(values::add);
            }
        } catch (JsonProcessingException e) {
            return List.of();
        }
        return values;
    }
}
