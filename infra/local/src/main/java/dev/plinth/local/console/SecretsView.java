package dev.plinth.local.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.secrets.RotationException;
import dev.plinth.local.secrets.Rotations;
import dev.plinth.local.secrets.Secrets;
import dev.plinth.local.secrets.SecretsException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/** Secrets as JSON, never with a value, and the order to rotate one. */
public final class SecretsView {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROTATE = "secrets/rotate";

    private SecretsView() {
    }

    public static void addTo(Console console, Secrets secrets, Rotations rotations) {
        console.section("secrets", () -> view(secrets));
        console.action(ROTATE, order -> rotate(order, rotations));
    }

    private static JsonNode view(Secrets secrets) {
        ArrayNode nodes = JSON.createArrayNode();
        for (Secrets.View secret : secrets.views()) {
            ObjectNode node = nodes.addObject();
            node.put("name", secret.name());
            node.put("versions", secret.versions().stream()
                    .map(version -> version.id().substring(0, Math.min(8, version.id().length())) + " "
                            + String.join("+", version.stages())).collect(Collectors.joining(", ")));
            node.put("rotated", secret.rotated().map(SecretsView::seconds).orElse(null));
            node.put("next rotation", secret.nextRotation().map(SecretsView::seconds).orElse(null));
            if (secret.rotation().isPresent()) {
                node.putObject("order").put("label", "rotate now").put("call", ROTATE)
                        .putObject("body").put("secret", secret.name());
            }
        }
        return nodes;
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static JsonNode rotate(JsonNode order, Rotations rotations) {
        try {
            return JSON.createObjectNode().put("version", rotations.rotate(order.path("secret").asText()));
        } catch (RotationException | SecretsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
