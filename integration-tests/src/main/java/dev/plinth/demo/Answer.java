package dev.plinth.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came back.
 *
 * @param headers the first value of each, without regard to the case of its name
 * @param millis  from the request to the whole answer
 */
record Answer(int status, Map<String, String> headers, String body, long millis) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Answer {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = copy;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Returns what a pointer names in the body; a missing node when the body is not JSON or has no such thing. */
    JsonNode at(String pointer) {
        try {
            return JSON.readTree(body).at(pointer);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    /** Returns the text at a pointer; empty when there is none. */
    String text(String pointer) {
        return at(pointer).asText();
    }
}
