package dev.plinth.local.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.topic.Subscription.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is published.
 *
 * @param texts the message by protocol, and the one for all others under {@code default}
 */
public record Notification(String id, Optional<String> subject, Map<String, String> texts,
                           Map<String, Attribute> attributes) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 256 * 1024;
    private static final int LONGEST_SUBJECT = 100;
    private static final String DEFAULT = "default";

    /**
     * Reads what a caller wants to publish.
     *
     * @param structure {@code json} when the message is one text for each protocol
     * @throws SnsException when SNS would not take it
     */
    public static Notification of(String message, Optional<String> subject, Optional<String> structure,
                                  Map<String, Attribute> attributes) {
        if (message.isEmpty()) {
            throw SnsException.invalid("Empty message");
        }
        int size = message.getBytes(StandardCharsets.UTF_8).length;
        for (Map.Entry<String, Attribute> attribute : attributes.entrySet()) {
            size += (attribute.getKey() + attribute.getValue().type() + attribute.getValue().value())
                    .getBytes(StandardCharsets.UTF_8).length;
        }
        if (size > LARGEST) {
            throw SnsException.invalid("Message too long");
        }
        subject.filter(text -> text.length() > LONGEST_SUBJECT || !text.matches("[!-~][ -~]*")).ifPresent(text -> {
            throw SnsException.invalid("Subject");
        });
        structure.filter(text -> !text.equals("json")).ifPresent(text -> {
            throw SnsException.invalid("MessageStructure");
        });
        Map<String, String> texts = structure.isPresent() ? texts(message) : Map.of(DEFAULT, message);
        return new Notification(UUID.randomUUID().toString(), subject, texts, attributes);
    }

    private static Map<String, String> texts(String message) {
        Map<String, String> texts = new LinkedHashMap<>();
        try {
            JsonNode all = JSON.readTree(message);
            all.properties().forEach(text -> {
                if (text.getValue().isTextual()) {
                    texts.put(text.getKey(), text.getValue().asText());
                }
            });
        } catch (JsonProcessingException e) {
            throw SnsException.invalid("Message Structure - JSON message body failed to parse");
        }
        if (!texts.containsKey(DEFAULT)) {
            throw SnsException.invalid("Message Structure - No default entry in JSON message body");
        }
        return texts;
    }

    String text(Protocol protocol) {
        return texts.getOrDefault(protocol.written(), texts.get(DEFAULT));
    }
}
