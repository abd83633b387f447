package dev.plinth.demo;

import static dev.plinth.demo.Promise.counts;
import static dev.plinth.demo.Promise.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.it.LaptopSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A new signing key, ordered at the console of the laptop's cloud while somebody is signed in. */
@Tag("laptop")
class KeyRotationIT {
    private final Inbox inbox = new ConsoleInbox(LaptopSystem.endpoint());
    private final Steps steps = new Steps(Api.at(LaptopSystem.api()), new Report(System.out));
    private final Person somebody = new Person("Somebody", inbox.address(UUID.randomUUID().toString()));
    private final Accounts accounts = new Accounts(steps, inbox, new Cast(inbox, "", somebody, true));

    @Test
    void signsNobodyOut() throws Exception {
        accounts.signUp(somebody);
        accounts.verify(somebody);
        String before = accounts.use(somebody, "phone").accessToken();
        List<String> keys = keys();
        assertThat(keys).contains(kid(before));

        LaptopSystem.rotateSigningKey();

        steps.step("The token of the old key works", Call.to("GET /orders").by(before), 200, counts("/items", 0));
        assertThat(keys()).containsAll(keys).hasSize(keys.size() + 1);
        steps.step("Somebody leaves", Call.to("DELETE /users/{id}", somebody.id()).by(before), 204);
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        steps.step("The public keys", Call.to("GET /.well-known/jwks.json"), 200, says("/keys/0/alg", "ES256"))
                .at("/keys").forEach(key -> keys.add(key.path("kid").asText()));
        return keys;
    }

    private static String kid(String token) throws IOException {
        JsonNode header = new ObjectMapper()
                .readTree(Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))));
        return header.path("kid").asText();
    }
}
