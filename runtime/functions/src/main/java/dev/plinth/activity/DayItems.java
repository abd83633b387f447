package dev.plinth.activity;

import static dev.plinth.functions.aws.Values.number;
import static dev.plinth.functions.aws.Values.seconds;
import static dev.plinth.functions.aws.Values.text;

import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Writes the figures of a project's day as an item, and reads them back. A day is one of UTC. */
final class DayItems {

    /** How long the figures of a day are kept. */
    static final Duration KEPT = Duration.ofDays(400);

    static final String DAY = StudioTable.ANALYTICS.schema().key().sort().orElseThrow();

    /** Keeps the names of figures apart from those of keys. */
    private static final String FIGURE = "figure#";

    private DayItems() {
    }

    /** Returns the update that adds a happening's figures to those of its day. */
    static Update addition(String table, Happening happening) {
        LocalDate day = LocalDate.ofInstant(happening.at(), ZoneOffset.UTC);
        StringJoiner additions = new StringJoiner(", ", "SET #expiresAt = :expiresAt ADD ", "");
        Map<String, String> names = new HashMap<>(Map.of("#expiresAt", Attributes.EXPIRES_AT));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":expiresAt", seconds(day.atStartOfDay(ZoneOffset.UTC).toInstant().plus(KEPT))));
        new TreeMap<>(happening.figures()).forEach((name, amount) -> {
            String placeholder = "figure" + names.size();
            additions.add("#" + placeholder + " :" + placeholder);
            names.put("#" + placeholder, FIGURE + name);
            values.put(":" + placeholder, number(amount));
        });
        return Update.builder()
                .tableName(table)
                .key(key(happening.projectId(), day))
                .updateExpression(additions.toString())
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    static Map<String, AttributeValue> key(UUID project, LocalDate day) {
        return Map.of(Attributes.PROJECT_ID, text(project), DAY, text(day.toString()));
    }

    static Day day(Map<String, AttributeValue> item) {
        Map<String, Long> figures = new TreeMap<>();
        item.forEach((name, value) -> {
            if (name.startsWith(FIGURE)) {
                figures.put(name.substring(FIGURE.length()), Long.parseLong(value.n()));
            }
        });
        return new Day(LocalDate.parse(item.get(DAY).s()), figures);
    }
}
