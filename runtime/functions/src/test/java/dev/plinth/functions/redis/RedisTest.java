package dev.plinth.functions.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.Await;
import dev.plinth.functions.sql.TcpGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;

class RedisTest {
    private final TcpGate gate = new TcpGate(LocalRedis.port());
    private final Redis redis = LocalRedis.as("identity", gate.port());

    @BeforeEach
    void empty() {
        LocalRedis.empty();
    }

    @AfterEach
    void close() {
        redis.close();
        gate.close();
    }

    @Test
    void opensNoConnectionBeforeItIsNeeded() {
        assertThat(redis.openConnections()).isZero();
        assertThat(ping(redis)).isEqualTo("PONG");
        assertThat(redis.openConnections()).isEqualTo(1);
    }

    @Test
    void opensTwoConnectionsAtMost() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(threads.submit(() -> ping(redis)));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("PONG");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(redis.openConnections()).isBetween(1, 2);
    }

    @Test
    void runsAScriptThatTheServerHasForgotten() {
        Script script = Script.of("return {KEYS[1], ARGV[1]} -- " + System.nanoTime());
        assertThat(redis.run(script, List.of("session:1"), List.of("a"))).isEqualTo(List.of("session:1", "a"));
        assertThat(redis.run(script, List.of("session:2"), List.of("b"))).isEqualTo(List.of("session:2", "b"));
    }

    @Test
    void refusesAtOnceWhileTheServerIsDownAndRecoversByItself() {
        redis.call(UnifiedJedis::ping);
        gate.shut();
        assertUnavailable();
        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertUnavailable();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
        gate.open();
        Await.until(this::answers);
    }

    @Test
    void noticesAConnectionThatDiedMeanwhile() {
        redis.call(UnifiedJedis::ping);
        try (JedisPooled administrator = LocalRedis.administered()) {
            administrator.sendCommand(Protocol.Command.CLIENT, "KILL", "TYPE", "normal", "SKIPME", "yes");
        }
        assertThat(ping(redis)).isEqualTo("PONG");
    }

    @Test
    void hasNoConnectionInASnapshotAndAFreshOneAfterIt() {
        redis.call(UnifiedJedis::ping);
        redis.beforeCheckpoint(null);
        assertThat(redis.openConnections()).isZero();
        assertThatThrownBy(() -> ping(redis)).isInstanceOf(Failure.class);
        redis.afterRestore(null);
        assertThat(ping(redis)).isEqualTo("PONG");
    }

    @Test
    void doesNotTakeAMistakeOfOursForAnOutage() {
        assertThatThrownBy(() -> redis.call(jedis -> jedis.set("other:key", "x")))
                .isInstanceOf(JedisAccessControlException.class);
        assertThat(ping(redis)).isEqualTo("PONG");
    }

    @ParameterizedTest
    @CsvSource({"identity, session:1", "identity, limit:1", "identity, code:1", "identity, user-sessions:1",
        "identity-worker, session:1", "identity-worker, user-sessions:1", "identity-worker, code:1"})
    void letsAServiceAtItsOwnKeys(String service, String key) {
        try (Redis cache = LocalRedis.as(service)) {
            String answer = cache.call(jedis -> jedis.set(key, "x"));
            assertThat(answer).isEqualTo("OK");
        }
    }

    @ParameterizedTest
    @CsvSource({"identity, other:1", "identity-worker, limit:1", "dashboard, session:1"})
    void keepsAServiceFromOtherKeys(String service, String key) {
        try (Redis cache = LocalRedis.as(service)) {
            assertThat(ping(cache)).isEqualTo("PONG");
            assertThatThrownBy(() -> cache.call(jedis -> jedis.set(key, "x")))
                    .isInstanceOf(JedisAccessControlException.class);
            assertThatThrownBy(() -> cache.call(UnifiedJedis::flushAll))
                    .isInstanceOf(JedisAccessControlException.class);
        }
    }

    private static String ping(Redis redis) {
        return redis.call(UnifiedJedis::ping);
    }

    private boolean answers() {
        try {
            redis.call(UnifiedJedis::ping);
            return true;
        } catch (Failure notYet) {
            return false;
        }
    }

    private void assertUnavailable() {
        assertThatThrownBy(() -> redis.call(UnifiedJedis::ping))
                .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
                    assertThat(failure.retryAfter().orElseThrow()).isBetween(
                            Duration.ofSeconds(1), Duration.ofSeconds(2));
                });
    }
}
