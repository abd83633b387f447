package dev.plinth.functions.redis;

import dev.plinth.contract.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;
import redis.embedded.RedisServer;

/**
 * A Redis that all tests of a JVM share. It has the users of the stacks, with the same rules of what each may do;
 * {@link PlainRedis} makes a function connect to it as its own user, with a password and without TLS.
 */
public final class LocalRedis {
    /** Turns {@link PlainRedis} on, beside the environment of a service. */
    public static final String ENVIRONMENT = "plain-redis";
    public static final String NAME = "plinth-test";

    static final String PASSWORD = "password";

    private static final String CONNECTING = " +ping +client";
    private static final String DATA =
            " -@all +@read +@write +eval +evalsha +script|load +script|exists +time"
                    + " -@dangerous -scan -randomkey -dbsize";

    private static final int PORT = start();

    private LocalRedis() {
    }

    public static int port() {
        return PORT;
    }

    /** Returns the settings that a function needs to reach it, by variable. */
    public static Map<String, String> variables(int port) {
        return Map.of(
                Setting.CACHE_HOST.variable(), "127.0.0.1",
                Setting.CACHE_PORT.variable(), Integer.toString(port),
                Setting.CACHE_NAME.variable(), NAME);
    }

    /** Returns the cache as a service's user sees it, with a pool like a function's. */
    public static Redis as(String environment) {
        return as(environment, PORT);
    }

    static Redis as(String environment, int port) {
        return new Redis(new CacheServer(new HostAndPort("127.0.0.1", port),
                CacheServer.bounded().user(NAME + "-" + environment).password(PASSWORD).build()));
    }

    /** Returns the cache as its administrator sees it. */
    public static JedisPooled administered() {
        return new JedisPooled("127.0.0.1", PORT);
    }

    public static void empty() {
        try (JedisPooled redis = administered()) {
            redis.flushDB();
        }
    }

    /** Returns the names of all that is stored. */
    public static Set<String> keys() {
        try (JedisPooled redis = administered()) {
            return redis.keys("*");
        }
    }

    private static int start() {
        try {
            int port = freePort();
            RedisServer server = RedisServer.newRedisServer().port(port).setting("bind 127.0.0.1")
                    .setting("save \"\"").build();
            server.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            try (JedisPooled redis = new JedisPooled("127.0.0.1", port)) {
                define(redis, "identity", "~session:* ~user-sessions:* ~code:* ~limit:*" + DATA + CONNECTING);
                define(redis, "identity-worker", "~session:* ~user-sessions:* ~code:*" + DATA + CONNECTING);
                define(redis, "dashboard", "-@all" + CONNECTING);
            }
            return port;
        } catch (IOException failed) {
            throw new UncheckedIOException("Redis does not start", failed);
        }
    }

    private static void define(JedisPooled redis, String environment, String rules) {
        redis.sendCommand(() -> "ACL".getBytes(StandardCharsets.US_ASCII),
                concat(List.of("SETUSER", NAME + "-" + environment, "reset", "on", ">" + PASSWORD), rules));
    }

    private static String[] concat(List<String> words, String rules) {
        return Stream.concat(words.stream(), Arrays.stream(rules.trim().split(" +")))
                .toArray(String[]::new);
    }

    private static void stop(RedisServer server) {
        try {
            server.stop();
        } catch (IOException alreadyGone) {
            // It was to be gone.
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
