package dev.plinth.functions.redis;

import dev.failsafe.CircuitBreaker;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisBusyException;
import redis.clients.jedis.exceptions.JedisClusterException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * The service's cache. While it cannot be reached, calls fail at once with {@link Kind#UNAVAILABLE} and the time after
 * which to try again; one call at a time then finds out whether it is back. Thread-safe.
 *
 * <p>Connections are opened when they are needed and checked before they are used, so nothing is open in a snapshot and
 * a process that was frozen meets no dead one.
 */
public final class Redis implements Resource, AutoCloseable {
    /** One for the request, since a function has one at a time, and one for a health check beside it. */
    private static final int POOL_SIZE = 2;
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(1);

    /** How long nothing is tried after a connection could not be had. */
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration SHORTEST_RETRY_AFTER = Duration.ofSeconds(1);

    /** Answers of a server that starts, gives way to another one or is full: they pass with time. */
    private static final List<String> PASSING = List.of("LOADING", "READONLY", "MASTERDOWN", "TRYAGAIN", "OOM");

    private final CacheServer server;
    private final CircuitBreaker<Object> breaker = CircuitBreaker.builder()
            .withFailureThreshold(1)
            .withDelay(PAUSE)
            .build();
    private volatile JedisPooled pool;

    /** Makes the pool, which opens no connection yet. */
    Redis(CacheServer server) {
        this.server = server;
        this.pool = pool();
        Core.getGlobalContext().register(this);
    }

    private JedisPooled pool() {
        GenericObjectPoolConfig<Connection> settings = new GenericObjectPoolConfig<>();
        settings.setMaxTotal(POOL_SIZE);
        settings.setMaxIdle(POOL_SIZE);
        settings.setMaxWait(CONNECTION_WAIT);
        settings.setTestOnBorrow(true);
        settings.setJmxEnabled(false);
        return new JedisPooled(server.address(), server.client(), settings);
    }

    /**
     * Returns what the commands return. Commands that were sent may have been carried out when this fails.
     *
     * @throws Failure of kind UNAVAILABLE when the cache cannot be reached or does not answer in time
     */
    public <T> T call(Function<UnifiedJedis, T> commands) {
        if (!breaker.tryAcquirePermit()) {
            throw unavailable(null);
        }
        try {
            T result = commands.apply(pool);
            breaker.recordSuccess();
            return result;
        } catch (JedisDataException answer) {
            // It does answer, so the way to it is open.
            breaker.recordSuccess();
            throw passes(answer) ? unavailable(answer) : answer;
        } catch (JedisConnectionException unreachable) {
            breaker.recordFailure();
            throw unavailable(unreachable);
        } catch (JedisException noConnection) {
            breaker.recordFailure();
            throw unavailable(noConnection);
        } catch (RuntimeException other) {
            breaker.recordSuccess();
            throw other;
        }
    }

    /** Returns what a script returns. */
    public Object run(Script script, List<String> keys, List<String> arguments) {
        return call(redis -> {
            try {
                return redis.evalsha(script.digest(), keys, arguments);
            } catch (JedisNoScriptException unknown) {
                return redis.eval(script.text(), keys, arguments);
            }
        });
    }

    private static boolean passes(JedisDataException answer) {
        return answer instanceof JedisBusyException || answer instanceof JedisClusterException
                || answer.getMessage() != null && PASSING.stream().anyMatch(answer.getMessage()::startsWith);
    }

    private Failure unavailable(Throwable cause) {
        Duration left = breaker.getRemainingDelay();
        return Failure.unavailable("The service cannot reach what it keeps sessions in. Try again later.",
                left.compareTo(SHORTEST_RETRY_AFTER) < 0 ? SHORTEST_RETRY_AFTER : left, cause);
    }

    int openConnections() {
        return pool.getPool().getNumActive() + pool.getPool().getNumIdle();
    }

    /** Closes every connection: what the snapshot holds is restored many times, hours later. */
    @Override
    public void beforeCheckpoint(Context<? extends Resource> checkpoint) {
        pool.close();
    }

    /** Starts a new pool, whatever was known of the cache when the snapshot was taken. */
    @Override
    public void afterRestore(Context<? extends Resource> checkpoint) {
        pool = pool();
        breaker.close();
    }

    /** Closes every connection. Later calls fail. */
    @Override
    public void close() {
        pool.close();
    }
}
