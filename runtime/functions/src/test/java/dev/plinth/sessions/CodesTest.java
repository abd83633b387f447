package dev.plinth.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.redis.LocalRedis;
import dev.plinth.functions.redis.Redis;
import dev.plinth.identity.CodePurpose;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.JedisPooled;

/** Codes in a real Redis, made by the worker and redeemed by the identity service, each as its own user. */
class CodesTest {
    private static final UUID ADA = UUID.randomUUID();

    private final Redis workers = LocalRedis.as("identity-worker");
    private final Redis identitys = LocalRedis.as("identity");
    private final Codes made = new RedisCodes(workers);
    private final Codes used = new RedisCodes(identitys);

    @BeforeEach
    void empty() {
        LocalRedis.empty();
    }

    @AfterEach
    void close() {
        workers.close();
        identitys.close();
    }

    @Test
    void makesSixDigits() {
        for (int i = 0; i < 200; i++) {
            assertThat(made.issue(ADA, CodePurpose.VERIFY_EMAIL)).matches("[0-9]{6}");
        }
    }

    @Test
    void takesACodeOnce() {
        String code = made.issue(ADA, CodePurpose.VERIFY_EMAIL);
        used.redeem(ADA, CodePurpose.VERIFY_EMAIL, code);
        assertWrong(CodePurpose.VERIFY_EMAIL, code);
    }

    @Test
    void refusesTheRightCodeAfterFiveWrongOnes() {
        String code = made.issue(ADA, CodePurpose.VERIFY_EMAIL);
        for (int i = 0; i < 5; i++) {
            assertWrong(CodePurpose.VERIFY_EMAIL, other(code));
        }
        assertWrong(CodePurpose.VERIFY_EMAIL, code);
    }

    @Test
    void takesTheRightCodeAfterFourWrongOnes() {
        String code = made.issue(ADA, CodePurpose.VERIFY_EMAIL);
        for (int i = 0; i < 4; i++) {
            assertWrong(CodePurpose.VERIFY_EMAIL, other(code));
        }
        assertThatCode(() -> used.redeem(ADA, CodePurpose.VERIFY_EMAIL, code)).doesNotThrowAnyException();
    }

    @Test
    void putsANewCodeInThePlaceOfAnEarlierOne() {
        String earlier = made.issue(ADA, CodePurpose.VERIFY_EMAIL);
        String code = another(earlier);
        assertWrong(CodePurpose.VERIFY_EMAIL, earlier);
        assertThatCode(() -> used.redeem(ADA, CodePurpose.VERIFY_EMAIL, code)).doesNotThrowAnyException();
    }

    @Test
    void takesACodeForNothingElseAndFromNobodyElse() {
        String code = made.issue(ADA, CodePurpose.VERIFY_EMAIL);
        assertWrong(CodePurpose.RESET_PASSWORD, code);
        assertThatThrownBy(() -> used.redeem(UUID.randomUUID(), CodePurpose.VERIFY_EMAIL, code))
                .isInstanceOf(Failure.class);
        assertThatCode(() -> used.redeem(ADA, CodePurpose.VERIFY_EMAIL, code)).doesNotThrowAnyException();
    }

    @Test
    void forgetsACodeAfterFifteenMinutes() {
        String code = made.issue(ADA, CodePurpose.VERIFY_EMAIL);
        assertThat(secondsLeft()).isBetween(890L, 900L);
        // A wrong attempt buys no time.
        assertWrong(CodePurpose.VERIFY_EMAIL, other(code));
        assertThat(secondsLeft()).isBetween(890L, 900L);
    }

    @Test
    void givesACodeBackForAShorterTime() {
        String code = made.issue(ADA, CodePurpose.RESET_PASSWORD);
        used.redeem(ADA, CodePurpose.RESET_PASSWORD, code);
        used.giveBack(ADA, CodePurpose.RESET_PASSWORD, code);
        assertThat(secondsLeft()).isBetween(290L, 300L);
        assertThatCode(() -> used.redeem(ADA, CodePurpose.RESET_PASSWORD, code)).doesNotThrowAnyException();
    }

    @Test
    void takesACodeOnceWhenAttemptsRace() throws Exception {
        String code = made.issue(ADA, CodePurpose.VERIFY_EMAIL);
        assertThat(accepted(List.of(code, code, code, code, code, code, code, code))).isEqualTo(1);
    }

    @Test
    void countsEveryAttemptWhenGuessesRace() throws Exception {
        String code = made.issue(ADA, CodePurpose.VERIFY_EMAIL);
        List<String> guesses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            guesses.add(other(code));
        }
        assertThat(accepted(guesses)).isZero();
        assertWrong(CodePurpose.VERIFY_EMAIL, code);
    }

    @Test
    void keepsNoCodeInClear() {
        String code = made.issue(ADA, CodePurpose.VERIFY_EMAIL);
        try (JedisPooled redis = LocalRedis.administered()) {
            LocalRedis.keys().forEach(key -> assertThat(key + redis.hgetAll(key).values())
                    .doesNotContain("[" + code).doesNotContain(" " + code).hasSizeGreaterThan(64));
        }
    }

    private long accepted(List<String> codes) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(codes.size());
        try {
            List<Future<Boolean>> attempts = new ArrayList<>();
            codes.forEach(code -> attempts.add(threads.submit(() -> accepts(code))));
            long accepted = 0;
            for (Future<Boolean> attempt : attempts) {
                accepted += Boolean.TRUE.equals(attempt.get()) ? 1 : 0;
            }
            return accepted;
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean accepts(String code) {
        try {
            used.redeem(ADA, CodePurpose.VERIFY_EMAIL, code);
            return true;
        } catch (Failure refused) {
            assertThat(refused.kind()).isEqualTo(Kind.INVALID_REQUEST);
            return false;
        }
    }

    private static long secondsLeft() {
        try (JedisPooled redis = LocalRedis.administered()) {
            return redis.ttl(LocalRedis.keys().iterator().next());
        }
    }

    /** Issues codes until one differs from the earlier one, which the first does but for one time in a million. */
    private String another(String earlier) {
        String code = made.issue(ADA, CodePurpose.VERIFY_EMAIL);
        return code.equals(earlier) ? another(earlier) : code;
    }

    private static String other(String code) {
        return (code.charAt(0) == '0' ? '1' : '0') + code.substring(1);
    }

    private void assertWrong(CodePurpose purpose, String code) {
        assertThatThrownBy(() -> used.redeem(ADA, purpose, code))
                .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.INVALID_REQUEST);
                    assertThat(failure.detail()).isEqualTo("The field /code is wrong, expired or used up.");
                });
    }
}
