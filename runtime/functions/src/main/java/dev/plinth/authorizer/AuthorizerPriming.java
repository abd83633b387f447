package dev.plinth.authorizer;

import dev.plinth.functions.checkpoint.Priming;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;

/** Asks both tables for what they do not have, and answers a request without a token. */
@Singleton
final class AuthorizerPriming implements Priming {
    private final Authorizer authorizer;
    private final KnownKeys keys;
    private final Revocations revocations;

    AuthorizerPriming(Authorizer authorizer, KnownKeys keys, Revocations revocations) {
        this.authorizer = authorizer;
        this.keys = keys;
        this.revocations = revocations;
    }

    @Override
    public void prime() {
        String unknown = new UUID(0, 0).toString();
        authorizer.handle(JsonNode.createObjectNode(Map.of("headers", JsonNode.createObjectNode(Map.of(
                "authorization", JsonNode.createStringNode("Bearer a.b.c"))))), "priming");
        keys.find(unknown);
        revocations.contains(unknown);
    }
}
