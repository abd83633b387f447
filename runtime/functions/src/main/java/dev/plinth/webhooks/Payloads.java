package dev.plinth.webhooks;

import dev.plinth.functions.time.Timestamps;
import dev.plinth.notices.Notice;
import dev.plinth.notices.Notice.Outcome;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Writes what is posted to endpoints, each kind in its own form. */
@Singleton
public final class Payloads {
    private final JsonMapper json;

    Payloads(JsonMapper json) {
        this.json = json;
    }

    /** Returns the request that asks the receiver to confirm a subscription, by a token that only it can read. */
    public String confirmation(UUID subscription, String token, Instant at) {
        Map<String, JsonNode> data = new LinkedHashMap<>();
        data.put("subscriptionId", text(subscription.toString()));
        data.put("token", text(token));
        return envelope(Delivery.CONFIRMATION, at, data);
    }

    String of(Notice notice, EndpointKind kind) {
        return switch (kind) {
            case WEBHOOK -> webhook(notice);
            case SLACK -> written(Map.of("text", text(sentence(notice))));
        };
    }

    /** The envelope that the Standard Webhooks specification recommends. */
    private String webhook(Notice notice) {
        Map<String, JsonNode> data = new LinkedHashMap<>();
        data.put("id", text(notice.id()));
        data.put("project", text(notice.projectId().toString()));
        data.put("subject", text(notice.subject().toString()));
        data.put("outcome", text(notice.outcome().name()));
        notice.detail().ifPresent(detail -> data.put("detail", text(detail)));
        return envelope(notice.event().type(), notice.at(), data);
    }

    private String envelope(String type, Instant at, Map<String, JsonNode> data) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        members.put("type", text(type));
        members.put("timestamp", text(Timestamps.text(at)));
        members.put("data", JsonNode.createObjectNode(data));
        return written(members);
    }

    private static String sentence(Notice notice) {
        String what = switch (notice.event()) {
            case GENERATION_ENDED -> "The code generation ";
            case DEPLOYMENT_ENDED -> "The deployment ";
            case DEPLOYMENT_DELETED -> "The deletion of the deployment ";
        };
        String how = notice.outcome() == Outcome.SUCCEEDED ? " succeeded." : " failed.";
        return what + notice.subject() + " of the project " + notice.projectId() + how
                + notice.detail().map(detail -> " " + escaped(detail)).orElse("");
    }

    /** The three characters that Slack gives a meaning to: without them a text can neither link nor call anybody. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static JsonNode text(String text) {
        return JsonNode.createStringNode(text);
    }

    private String written(Map<String, JsonNode> members) {
        try {
            return json.writeValueAsString(JsonNode.createObjectNode(members));
        } catch (IOException impossible) {
            throw new UncheckedIOException("A tree of texts has a JSON form", impossible);
        }
    }
}
