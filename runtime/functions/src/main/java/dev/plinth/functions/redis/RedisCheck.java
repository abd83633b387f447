package dev.plinth.functions.redis;

import dev.plinth.functions.health.HealthCheck;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import redis.clients.jedis.UnifiedJedis;

/** Asks the cache for nothing but an answer. */
@Singleton
@Requires(bean = Redis.class)
final class RedisCheck implements HealthCheck {
    private final Redis redis;

    RedisCheck(Redis redis) {
        this.redis = redis;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public void check() {
        redis.call(UnifiedJedis::ping);
    }
}
