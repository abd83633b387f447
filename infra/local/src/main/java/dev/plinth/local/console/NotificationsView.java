package dev.plinth.local.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.plinth.local.mail.TextMessage;
import dev.plinth.local.mail.Texts;
import dev.plinth.local.topic.Topic;
import dev.plinth.local.topic.Topics;
import java.util.List;

/** Subscriptions, what came of messages to them, and the texts to telephones as JSON, newest first. */
public final class NotificationsView {
    /** The page shows the newest ones; {@code GET sms} gives all that are kept. */
    private static final int SHOWN = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private NotificationsView() {
    }

    public static void addTo(Console console, Topics topics, Texts texts) {
        console.section("subscriptions", () -> subscriptions(topics));
        console.section("notifications", () -> notifications(topics));
        console.section("sms", () -> of(texts.all().stream().limit(SHOWN).toList()));
        // A plus sign that nobody escaped arrives as a blank.
        console.list("sms", number -> of(number.map(to -> to.replace(' ', '+')).map(texts::to).orElseGet(texts::all)));
    }

    private static JsonNode subscriptions(Topics topics) {
        ArrayNode nodes = JSON.createArrayNode();
        for (Topic topic : topics.all()) {
            topics.subscriptionsOf(topic.arn()).forEach(subscription -> nodes.addObject().put("topic", topic.name())
                    .put("protocol", subscription.protocol().written()).put("endpoint", subscription.endpoint())
                    .put("confirmed", subscription.isConfirmed())
                    .put("filterPolicy", subscription.filterText().orElse(null)).put("arn", subscription.arn()));
        }
        return nodes;
    }

    private static JsonNode notifications(Topics topics) {
        ArrayNode nodes = JSON.createArrayNode();
        topics.deliveries().stream().limit(SHOWN).forEach(delivery -> nodes.addObject()
                .put("time", delivery.time().toString()).put("topic", delivery.topic())
                .put("protocol", delivery.protocol()).put("endpoint", delivery.endpoint())
                .put("result", delivery.result()));
        return nodes;
    }

    private static JsonNode of(List<TextMessage> messages) {
        ArrayNode nodes = JSON.createArrayNode();
        messages.forEach(message -> nodes.addObject().put("id", message.id()).put("time", message.time().toString())
                .put("to", message.to()).put("text", message.text()));
        return nodes;
    }
}
