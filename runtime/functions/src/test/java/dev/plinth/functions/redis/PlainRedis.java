package dev.plinth.functions.redis;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;

/** Connects a function to {@link LocalRedis}, which has no TLS and takes one password. */
@Factory
@Requires(env = LocalRedis.ENVIRONMENT)
final class PlainRedis {
    @Singleton
    @Requires(condition = UsesCache.class)
    @Replaces(bean = CacheServer.class, factory = CacheBeans.class)
    CacheServer server(Environment environment) {
        String user = UsesCache.service(environment.getActiveNames()).orElseThrow().cacheUser(LocalRedis.NAME);
        return new CacheServer(CacheServer.address(environment),
                CacheServer.bounded().user(user).password(LocalRedis.PASSWORD).build());
    }
}
