package dev.plinth.webhooks;

import dev.plinth.functions.http.PathIds;
import dev.plinth.notices.Notice;
import dev.plinth.notices.Notice.Event;
import dev.plinth.notices.Notice.Outcome;
import io.micronaut.json.tree.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads notices from the messages that the topic leaves in the queue: their bodies as they were published. What it says
 * of one that makes no sense quotes nothing of it.
 */
final class NoticeMessage {
    private static final String EVENT = "event";

    /** It becomes a key and a header. */
    private static final Pattern IDS = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final int LONGEST_DETAIL = 1000;

    private NoticeMessage() {
    }

    static boolean isOne(JsonNode body) {
        return body.get(EVENT) != null;
    }

    /** Returns the notice; throws {@code IllegalArgumentException} when the message has not the form of one. */
    static Notice read(JsonNode body) {
        String id = text(body, "id");
        if (!IDS.matcher(id).matches()) {
            throw new IllegalArgumentException("The notice's id is not one.");
        }
        String type = text(body, EVENT);
        Event event = Arrays.stream(Event.values()).filter(known -> known.type().equals(type)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The notice's event is not known."));
        Optional<String> detail = Optional.ofNullable(body.get("detail")).filter(JsonNode::isString)
                .map(JsonNode::getStringValue)
                .map(text -> text.substring(0, Math.min(text.length(), LONGEST_DETAIL)));
        return new Notice(id, event, uuid(body, "project"), uuid(body, "subject"),
                outcome(text(body, "outcome")), detail, time(body, "at"));
    }

    private static Instant time(JsonNode body, String name) {
        try {
            return Instant.parse(text(body, name));
        } catch (DateTimeException notOne) {
            throw new IllegalArgumentException("The message's " + name + " is no time.", notOne);
        }
    }

    private static Outcome outcome(String name) {
        return Arrays.stream(Outcome.values()).filter(known -> known.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The notice's outcome is not known."));
    }

    static UUID uuid(JsonNode body, String name) {
        String text = text(body, name);
        if (!PathIds.isUuid(text)) {
            throw new IllegalArgumentException("The message's " + name + " is no UUID.");
        }
        return UUID.fromString(text);
    }

    static String text(JsonNode body, String name) {
        JsonNode value = body.get(name);
        if (value == null || !value.isString()) {
            throw new IllegalArgumentException("The message has no " + name + ".");
        }
        return value.getStringValue();
    }
}
