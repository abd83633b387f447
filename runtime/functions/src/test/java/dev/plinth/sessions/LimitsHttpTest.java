package dev.plinth.sessions;

import static dev.plinth.sessions.MemoryAccounts.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.Await;
import dev.plinth.functions.redis.LocalRedis;
import dev.plinth.identity.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.JedisPooled;

/** How often a client may guess, through the handler. */
class LimitsHttpTest {
    private static final String HERE = "203.0.113.1";
    private static final String WRONG = "another password";

    private static SessionsFunction function;

    private String ada;

    @BeforeAll
    static void start() {
        function = new SessionsFunction();
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @BeforeEach
    void empty() {
        function.empty();
        ada = "ada-" + UUID.randomUUID() + "@example.org";
        function.accounts().add(ada, true);
    }

    @Test
    void refusesAnAddressFromAPlaceAfterTenAttemptsWhateverThePassword() {
        signIn(10, ada, WRONG, HERE);
        assertTooMany(signIn(ada, PASSWORD, HERE));
        assertThat(signIn(ada, PASSWORD, "203.0.113.2").status()).isEqualTo(201);
    }

    @Test
    void countsAnAddressThatNobodyHasAlike() {
        List<Answer> known = signIn(11, ada, WRONG, HERE);
        List<Answer> unknown = signIn(11, "nobody@example.org", WRONG, HERE);
        assertThat(unknown).extracting(Answer::status).isEqualTo(known.stream().map(Answer::status).toList());
        assertThat(unknown.get(10).json().get("detail")).isEqualTo(known.get(10).json().get("detail"));
    }

    @Test
    void countsSpellingsOfAnAddressTogether() {
        signIn(5, ada, WRONG, HERE);
        signIn(5, ada.toUpperCase(Locale.ROOT), WRONG, HERE);
        assertTooMany(signIn(ada, PASSWORD, HERE));
    }

    @Test
    void refusesAnAddressAfterThirtyFailuresFromAnywhere() {
        for (int place = 0; place < 30; place++) {
            signIn(1, ada, WRONG, "203.0.113." + place);
        }
        assertTooMany(signIn(ada, PASSWORD, "203.0.113.99"));
    }

    @Test
    void doesNotCountSuccessesAgainstAnAddress() {
        for (int i = 0; i < 40; i++) {
            assertThat(signIn(ada, PASSWORD, "203.0.113." + i % 4).status()).isEqualTo(201);
        }
    }

    @Test
    void doesNotLetASuccessHideFailuresAtOtherAddresses() {
        for (int i = 0; i < 150; i++) {
            signIn(1, "other-" + i + "@example.org", WRONG, HERE);
            assertThat(signIn(ada, PASSWORD, HERE).status()).isEqualTo(201);
        }
        assertTooMany(signIn("yet-another@example.org", WRONG, HERE));
        assertTooMany(signIn(ada, PASSWORD, HERE));
    }

    @Test
    void letsNoMoreAttemptsThroughWhenTheyComeAtOnce() throws Exception {
        int before = function.accounts().authentications();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<Answer>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                answers.add(threads.submit(() -> signIn(ada, WRONG, HERE)));
            }
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isIn(401, 429);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(function.accounts().authentications() - before).isEqualTo(10);
    }

    @Test
    void forgetsAttemptsWhenTheirTimeIsOver() {
        signIn(11, ada, WRONG, HERE);
        try (JedisPooled redis = LocalRedis.administered()) {
            assertThat(LocalRedis.keys()).isNotEmpty().allSatisfy(key ->
                    assertThat(redis.ttl(key)).isBetween(880L, 900L));
            LocalRedis.keys().forEach(key -> redis.pexpire(key, 1));
            Await.until(() -> LocalRedis.keys().isEmpty());
        }
        assertThat(signIn(ada, PASSWORD, HERE).status()).isEqualTo(201);
    }

    @Test
    void showsNoAddressInACounter() {
        signIn(1, ada, WRONG, HERE);
        assertThat(LocalRedis.keys()).isNotEmpty().noneMatch(key -> key.contains("ada") || key.contains(HERE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/verification-codes", "/password-reset-codes"})
    void sendsAnAddressFiveCodesAnHourAtMost(String path) {
        Account account = function.accounts().add("new-" + UUID.randomUUID() + "@example.org", false);
        for (int i = 0; i < 5; i++) {
            assertThat(ask(path, account.email(), "203.0.113." + i).status()).isEqualTo(202);
        }
        assertTooMany(ask(path, account.email(), "203.0.113.9"));
        assertThat(function.accounts().asked()).hasSize(5);
    }

    @Test
    void sendsAPlaceAHundredCodesAnHourAtMost() {
        for (int i = 0; i < 100; i++) {
            assertThat(ask("/password-reset-codes", "nobody-" + i + "@example.org", HERE).status()).isEqualTo(202);
        }
        assertTooMany(ask("/password-reset-codes", ada, HERE));
    }

    private static List<Answer> signIn(int times, String email, String password, String source) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(signIn(email, password, source));
        }
        return answers;
    }

    private static Answer signIn(String email, String password, String source) {
        return function.send(SessionsFunction.signIn(email, password).from(source));
    }

    private static Answer ask(String path, String email, String source) {
        return function.send(ApiCall.of("POST", path).from(source).json("{\"email\": \"" + email + "\"}"));
    }

    private static void assertTooMany(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(429);
        assertThat(answer.json().get("type").getStringValue()).isEqualTo("urn:plinth:problem:too-many");
        assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 3600);
    }
}
