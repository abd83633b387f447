package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sign-up, sign-in, refresh and revocation, as a person with several devices sees them. */
@Tag("laptop")
class SessionsIT {
    private static final Duration AUTHORIZER_CACHE = Duration.ofSeconds(20);

    private final SystemUnderTest system = SystemUnderTest.get();
    private final Api anonymous = system.anonymous();

    @Test
    void letsNobodySignInBeforeTheAddressIsProven() {
        String email = People.freshEmail();
        system.people().register(email);

        Answer refused = Person.signIn(anonymous, email, People.PASSWORD);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("content-type")).startsWith("application/problem+json");
        assertThat(Person.signIn(anonymous, email, "a wrong password").status()).isEqualTo(401);
    }

    @Test
    void doesNotTellAnUnknownUserFromAWrongPassword() {
        Person person = system.customer();

        Answer wrong = Person.signIn(anonymous, person.email(), "a wrong password");
        Answer unknown = Person.signIn(anonymous, People.freshEmail(), "a wrong password");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(withoutRequest(unknown)).isEqualTo(withoutRequest(wrong));
    }

    private static JsonNode withoutRequest(Answer problem) {
        com.fasterxml.jackson.databind.node.ObjectNode json = (com.fasterxml.jackson.databind.node.ObjectNode) problem.json();
        json.remove(List.of("instance", "requestId"));
        return json;
    }

    @Test
    void listsTheSessionsOfEveryDevice() {
        Person person = system.customer();
        Person phone = Person.signedIn(anonymous.base(), person.email(), person.password());

        JsonNode sessions = person.api().get("/sessions").json().path("items");

        assertThat(sessions.findValuesAsText("id")).containsExactlyInAnyOrder(person.sessionId(), phone.sessionId());
        assertThat(person.api().get("/sessions/" + phone.sessionId()).status()).isEqualTo(200);
    }

    @Test
    void endsOneSessionAndKeepsTheOther() {
        Person person = system.customer();
        Person phone = Person.signedIn(anonymous.base(), person.email(), person.password());

        assertThat(person.api().delete("/sessions/" + phone.sessionId()).status()).isEqualTo(204);

        assertThat(phone.api().get("/sessions").status()).isEqualTo(401);
        assertThat(refresh(phone.refreshToken()).status()).isEqualTo(401);
        Await.until("no function takes the token any more", AUTHORIZER_CACHE,
                () -> phone.api().get("/users/" + phone.id() + "/todos").status() == 401);
        assertThat(person.api().get("/sessions").status()).isEqualTo(200);
    }

    @Test
    void endsAllSessions() {
        Person person = system.customer();
        Person phone = Person.signedIn(anonymous.base(), person.email(), person.password());

        assertThat(person.api().delete("/sessions").status()).isEqualTo(204);

        assertThat(refresh(person.refreshToken()).status()).isEqualTo(401);
        assertThat(refresh(phone.refreshToken()).status()).isEqualTo(401);
        assertThat(phone.api().get("/sessions").status()).isEqualTo(401);
    }

    @Test
    void refreshesOnceAndRevokesTheSessionOfAReplayedToken() {
        Person person = system.customer();
        String first = person.refreshToken();

        Answer refreshed = refresh(first);
        assertThat(refreshed.status()).isEqualTo(200);
        String second = refreshed.json().path("refreshToken").asText();
        assertThat(second).isNotEqualTo(first);
        assertThat(refresh(first).status()).isEqualTo(401);

        assertThat(refresh(second).status()).as("the whole family is revoked").isEqualTo(401);
        assertThat(anonymous.with(refreshed.json().path("accessToken").asText()).get("/sessions").status()).isEqualTo(401);
    }

    @Test
    void letsOneOfRacingRefreshesWin() {
        Person person = system.customer();
        String token = person.refreshToken();

        List<Integer> statuses = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> refresh(token).status()))
                .toList().stream().map(CompletableFuture::join).toList();

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status != 200).containsOnly(401);
    }

    @Test
    void refusesTheRightCodeAfterFiveWrongOnes() {
        String email = People.freshEmail();
        system.people().register(email);
        String right = system.laptop().mailedCode(email);
        String wrong = right.equals("123456") ? "654321" : "123456";
        for (int i = 0; i < 5; i++) {
            assertThat(verify(email, wrong).status()).isEqualTo(400);
        }

        assertThat(verify(email, right).status()).isEqualTo(400);
        assertThat(Person.signIn(anonymous, email, People.PASSWORD).status()).isEqualTo(403);
    }

    @Test
    void asksForPatienceAfterTooManyWrongPasswords() {
        Person person = system.customer();
        Answer last = null;
        for (int i = 0; i < 12 && (last == null || last.status() == 401); i++) {
            last = Person.signIn(anonymous, person.email(), "a wrong password");
        }

        assertThat(last.status()).isEqualTo(429);
        assertThat(last.header("retry-after")).matches("[1-9]\\d*");
        assertThat(Person.signIn(anonymous, person.email(), person.password()).status())
                .as("the right password does not help").isEqualTo(429);
    }

    @Test
    void choosesANewPasswordByAMailedCodeAndEndsAllSessions() {
        Person person = system.customer();
        int before = system.laptop().mail(person.email()).size();
        assertThat(anonymous.post("/password-reset-codes", "{\"email\": \"" + person.email() + "\"}").status()).isEqualTo(202);
        Await.until("the code is mailed", Duration.ofSeconds(20), () -> system.laptop().mail(person.email()).size() > before);

        Answer reset = anonymous.post("/password-resets", """
                {"email": "%s", "code": "%s", "password": "another quite long one"}"""
                .formatted(person.email(), system.laptop().mailedCode(person.email())));

        assertThat(reset.status()).isEqualTo(204);
        assertThat(refresh(person.refreshToken()).status()).isEqualTo(401);
        assertThat(Person.signIn(anonymous, person.email(), person.password()).status()).isEqualTo(401);
        assertThat(Person.signIn(anonymous, person.email(), "another quite long one").status()).isEqualTo(201);
    }

    @Test
    void answersTheSameForAnUnknownAddressThatAsksForACode() {
        Person person = system.customer();
        for (String path : List.of("/verification-codes", "/password-reset-codes")) {
            Answer known = anonymous.post(path, "{\"email\": \"" + person.email() + "\"}");
            Answer unknown = anonymous.post(path, "{\"email\": \"" + People.freshEmail() + "\"}");

            assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(202);
            assertThat(unknown.body()).isEqualTo(known.body());
        }
    }

    private Answer refresh(String token) {
        return anonymous.post("/sessions/refresh", "{\"refreshToken\": \"" + token + "\"}");
    }

    private Answer verify(String email, String code) {
        return anonymous.post("/verifications", """
                {"email": "%s", "code": "%s"}""".formatted(email, code));
    }
}
