package dev.plinth.activity;

import static dev.plinth.functions.aws.Values.seconds;
import static dev.plinth.functions.aws.Values.text;
import static dev.plinth.functions.aws.Values.time;

import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.functions.aws.Values;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes entries of the activity log as items, and reads them back. */
final class ActivityItems {

    /** How long an entry is kept. */
    static final Duration KEPT = Duration.ofDays(90);

    private static final String TYPE = "type";
    private static final String SUBJECT = "subject";
    private static final String DETAIL = "detail";
    private static final String AT = "at";

    private ActivityItems() {
    }

    static Map<String, AttributeValue> item(UUID id, Happening happening) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(Attributes.PROJECT_ID, text(happening.projectId()));
        item.put(Attributes.ACTIVITY_ID, text(id));
        // What the system did has none, and so is in nobody's list.
        happening.actorId().ifPresent(actor -> item.put(Attributes.USER_ID, text(actor)));
        item.put(TYPE, text(happening.type()));
        item.put(SUBJECT, text(happening.subject()));
        item.put(DETAIL, AttributeValue.fromM(happening.detail().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, detail -> text(detail.getValue())))));
        item.put(AT, text(happening.at()));
        item.put(Attributes.EXPIRES_AT, seconds(happening.at().plus(KEPT)));
        return item;
    }

    static Activity activity(Map<String, AttributeValue> item) {
        return new Activity(
                UUID.fromString(item.get(Attributes.ACTIVITY_ID).s()),
                UUID.fromString(item.get(Attributes.PROJECT_ID).s()),
                Values.id(item, Attributes.USER_ID),
                item.get(TYPE).s(),
                item.get(SUBJECT).s(),
                item.get(DETAIL).m().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, detail -> detail.getValue().s())),
                time(item, AT));
    }
}
