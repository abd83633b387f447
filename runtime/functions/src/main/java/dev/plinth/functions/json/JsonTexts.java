package dev.plinth.functions.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses JSON as RFC 8259 writes it, and refuses what parsers commonly let pass: bytes that are not UTF-8, a name given
 * twice in one object, and text after the value. Whole numbers become {@code BigInteger} and numbers with a fraction or
 * an exponent {@code BigDecimal}, so the notation is still known when the type is checked.
 */
final class JsonTexts {
    /** Deeper than any body of ours, and far from the end of the stack. */
    private static final int MAX_DEPTH = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private JsonTexts() {
    }

    /** Returns the value, and throws a failure of kind {@code MALFORMED_BODY} that says where the text goes wrong. */
    static JsonNode parse(byte[] body) {
        if (body == null || body.length == 0) {
            throw new Failure(Kind.MALFORMED_BODY, "The body is empty. It must be a JSON object.");
        }
        String text = utf8(body);
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new Failure(Kind.MALFORMED_BODY, "The body is empty. It must be a JSON object.");
            }
            JsonNode value = value(parser);
            if (parser.nextToken() != null) {
                throw malformed("The body goes on after the JSON value", parser.currentTokenLocation());
            }
            return value;
        } catch (JsonProcessingException malformed) {
            throw malformed("The body is not valid JSON", malformed.getLocation());
        } catch (IOException impossible) {
            throw new UncheckedIOException("A string cannot fail to be read", impossible);
        }
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new Failure(Kind.MALFORMED_BODY, "The body is not UTF-8.");
        }
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> JsonNode.createStringNode(parser.getText());
            case VALUE_NUMBER_INT -> JsonNode.createNumberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> JsonNode.createBooleanNode(true);
            case VALUE_FALSE -> JsonNode.createBooleanNode(false);
            default -> JsonNode.nullNode();
        };
    }

    private static JsonNode object(JsonParser parser) throws IOException {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonLocation location = parser.currentTokenLocation();
            parser.nextToken();
            if (fields.put(name, value(parser)) != null) {
                throw malformed("The body gives one name twice in an object", location);
            }
        }
        return JsonNode.createObjectNode(fields);
    }

    private static JsonNode array(JsonParser parser) throws IOException {
        List<JsonNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return JsonNode.createArrayNode(elements);
    }

    private static JsonNode decimal(JsonParser parser) throws IOException {
        JsonLocation location = parser.currentTokenLocation();
        try {
            return JsonNode.createNumberNode(parser.getDecimalValue());
        } catch (NumberFormatException | JsonProcessingException beyondAnyDecimal) {
            throw malformed("The body holds a number that is out of range", location);
        }
    }

    /** The parser's message quotes the text and names classes, so only the position is taken from it. */
    private static Failure malformed(String what, JsonLocation location) {
        return new Failure(Kind.MALFORMED_BODY, location == null ? what + "." : what + ", at line "
                + location.getLineNr() + ", column " + location.getColumnNr() + ".");
    }
}
