package dev.plinth.functions.redis;

import dev.plinth.functions.aws.ConnectTokens;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;

@Factory
@Requires(condition = UsesCache.class)
final class CacheBeans {
    @Singleton
    CacheServer server(Environment environment, ConnectTokens tokens) {
        return CacheServer.of(environment, tokens);
    }

    /** Made at start, so that the pool hears of the checkpoint after the rehearsal that filled it. */
    @Context
    @Bean(preDestroy = "close")
    Redis redis(CacheServer server) {
        return new Redis(server);
    }
}
