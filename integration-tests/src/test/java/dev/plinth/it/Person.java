package dev.plinth.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** A user with a verified address, who is signed in on one device and renews the access token in time. */
final class Person {
    private static final Duration BEFORE_ITS_END = Duration.ofMinutes(1);

    private final Api anonymous;
    private final String id;
    private final String email;
    private final String password;
    private JsonNode tokens;
    private Instant renewal;

    private Person(Api anonymous, String id, String email, String password) {
        this.anonymous = anonymous;
        this.id = id;
        this.email = email;
        this.password = password;
    }

    /** Signs in; fails unless the address and the password are right. */
    static Person signedIn(URI base, String email, String password) {
        Api anonymous = Api.anonymous(base);
        Answer session = signIn(anonymous, email, password);
        if (session.status() != 201) {
            throw new AssertionError("Not signed in: " + session);
        }
        Person person = new Person(anonymous, session.json().path("session").path("userId").asText(), email, password);
        person.take(session.json());
        return person;
    }

    static Answer signIn(Api api, String email, String password) {
        return api.post("/sessions", """
                {"email": "%s", "password": "%s", "device": "test"}""".formatted(email, password));
    }

    String id() {
        return id;
    }

    String email() {
        return email;
    }

    String password() {
        return password;
    }

    /** Returns the refresh token, which a call of {@link #token} may use up. */
    synchronized String refreshToken() {
        return tokens.path("refreshToken").asText();
    }

    String sessionId() {
        return tokens.path("session").path("id").asText();
    }

    /** Returns an access token that is good for a while. */
    synchronized String token() {
        if (Instant.now().isAfter(renewal)) {
            Answer refreshed = anonymous.post("/sessions/refresh", """
                    {"refreshToken": "%s"}""".formatted(refreshToken()));
            if (refreshed.status() != 200) {
                throw new AssertionError("Not refreshed: " + refreshed);
            }
            take(refreshed.json());
        }
        return tokens.path("accessToken").asText();
    }

    private void take(JsonNode answer) {
        tokens = answer;
        renewal = Instant.now().plusSeconds(answer.path("expiresIn").asLong()).minus(BEFORE_ITS_END);
    }

    /** The API, called by this person. */
    Api api() {
        return anonymous.with(this::token);
    }

    Orders orders() {
        return new Orders(api());
    }
}
