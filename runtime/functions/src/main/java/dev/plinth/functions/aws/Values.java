package dev.plinth.functions.aws;

import dev.plinth.functions.time.Timestamps;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes values as DynamoDB keeps them, and reads them back. */
public final class Values {

    private Values() {
    }

    public static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    public static AttributeValue text(UUID id) {
        return AttributeValue.fromS(id.toString());
    }

    /** Returns a time as a text that sorts as times do. */
    public static AttributeValue text(Instant time) {
        return AttributeValue.fromS(Timestamps.text(time));
    }

    public static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    /** Returns a time as a table's TTL wants it. */
    public static AttributeValue seconds(Instant time) {
        return AttributeValue.fromN(Long.toString(time.getEpochSecond()));
    }

    /** Returns the text of an attribute that may be absent. */
    public static Optional<String> text(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    /** Returns the id in an attribute that may be absent. */
    public static Optional<UUID> id(Map<String, AttributeValue> item, String name) {
        return text(item, name).map(UUID::fromString);
    }

    /** Returns the number of an attribute; 0 when it is absent. */
    public static long number(Map<String, AttributeValue> item, String name) {
        return item.containsKey(name) ? Long.parseLong(item.get(name).n()) : 0;
    }

    /** Returns the time that {@link #text(Instant)} wrote. */
    public static Instant time(Map<String, AttributeValue> item, String name) {
        return Instant.parse(item.get(name).s());
    }

    /** Tells whether TTL removes the item, which happens up to days after its expiry. */
    public static boolean isExpired(Map<String, AttributeValue> item, String attribute, Instant now) {
        return item.containsKey(attribute) && number(item, attribute) <= now.getEpochSecond();
    }
}
