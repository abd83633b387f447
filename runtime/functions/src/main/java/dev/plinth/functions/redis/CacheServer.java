package dev.plinth.functions.redis;

import dev.plinth.contract.Setting;
import dev.plinth.functions.aws.ConnectTokens;
import io.micronaut.context.env.Environment;
import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/**
 * Where the cache is, and how a connection to it is opened.
 *
 * @param address host and port
 * @param client  user, password and time limits
 */
record CacheServer(HostAndPort address, JedisClientConfig client) {
    /** Covers the handshakes of a first connection on a fraction of a processor. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** The longest script takes a millisecond; whatever takes this long is not coming. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);

    /** Signs in by IAM, with a token of its own for each connection, over TLS that checks the host's name. */
    static CacheServer of(Environment environment, ConnectTokens tokens) {
        String cache = required(environment, Setting.CACHE_NAME);
        String user = UsesCache.service(environment.getActiveNames()).orElseThrow().cacheUser(cache);
        return new CacheServer(address(environment), bounded()
                .credentialsProvider(() -> new DefaultRedisCredentials(user, tokens.forCache(cache, user)))
                .ssl(true)
                .build());
    }

    static HostAndPort address(Environment environment) {
        return new HostAndPort(required(environment, Setting.CACHE_HOST),
                Integer.parseInt(required(environment, Setting.CACHE_PORT)));
    }

    static DefaultJedisClientConfig.Builder bounded() {
        return DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis((int) CONNECT_TIMEOUT.toMillis())
                .socketTimeoutMillis((int) ANSWER_TIMEOUT.toMillis());
    }

    private static String required(Environment environment, Setting setting) {
        return environment.getRequiredProperty(setting.property(), String.class);
    }
}
