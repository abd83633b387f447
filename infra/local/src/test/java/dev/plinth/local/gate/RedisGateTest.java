package dev.plinth.local.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.engine.Programs;
import dev.plinth.local.engine.RedisEngine;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Jedis before a real engine. */
class RedisGateTest {
    private static Guarded guarded;
    private static RedisEngine engine;
    private static Gate gate;
    private static SSLContext tls;

    @BeforeAll
    static void start() throws Exception {
        guarded = new Guarded();
        tls = Guarded.clientTls();
        engine = Programs.redis();
        Map<String, String> passwords = new HashMap<>();
        for (String user : List.of("shop", "outside", "stranger")) {
            passwords.put(user, engine.defineUser(user, List.of("~" + user + ":*", "-@all", "+@read", "+@write",
                    "+eval", "+ping", "+client|setinfo", "+auth", "+hello")));
        }
        gate = RedisGate.open(engine, guarded.signIns, Guarded.keys(), "shop", Guarded.CACHE, Guarded.CACHE_USERS,
                passwords, Guarded.STORE, 6379);
    }

    @AfterAll
    static void stop() throws IOException {
        gate.close();
        engine.close();
    }

    private static DefaultJedisClientConfig.Builder client() {
        SSLParameters verify = new SSLParameters();
        verify.setEndpointIdentificationAlgorithm("HTTPS");
        return DefaultJedisClientConfig.builder().ssl(true).sslSocketFactory(tls.getSocketFactory())
                .sslParameters(verify)
                .connectionTimeoutMillis(5_000).socketTimeoutMillis(20_000);
    }

    private static Jedis connect(DefaultJedisClientConfig.Builder client) {
        Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", gate.port()), client.build());
        jedis.connect();
        return jedis;
    }

    private static Jedis connect(String user, String token) {
        return connect(client().user(user).password(token));
    }

    private static Jedis connectAsShop() {
        return connect("shop", guarded.cacheToken("shop", "shop"));
    }

    @ParameterizedTest
    @EnumSource(RedisProtocol.class)
    void letsARoleInThatMayConnectAsTheUser(RedisProtocol protocol) {
        try (Jedis jedis = connect(client().user("shop").password(guarded.cacheToken("shop", "shop"))
                .protocol(protocol))) {
            jedis.set("shop:name", "Ada \0 \r\n Größe");
            assertThat(jedis.get("shop:name")).isEqualTo("Ada \0 \r\n Größe");
            assertThat(jedis.eval("return redis.call('get', KEYS[1])", List.of("shop:name"), List.of()))
                    .isEqualTo("Ada \0 \r\n Größe");
        }
        assertThat(guarded.journal.uses()).anySatisfy(use ->
                assertThat(use.permission()).isEqualTo("elasticache:Connect on " + Guarded.CACHE));
    }

    @Test
    void keepsToTheAccessStringOfTheUser() {
        try (Jedis jedis = connectAsShop()) {
            assertThatThrownBy(() -> jedis.set("other:name", "x")).isInstanceOf(JedisAccessControlException.class);
            assertThatThrownBy(() -> jedis.configGet("*")).hasMessageContaining("NOPERM");
        }
    }

    @Test
    void answersALongPipelineInOrder() {
        String large = "x".repeat(200_000);
        try (Jedis jedis = connectAsShop(); Pipeline pipeline = jedis.pipelined()) {
            List<Response<String>> answers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                pipeline.set("shop:" + i, i % 100 == 0 ? large : "v" + i);
                answers.add(pipeline.get("shop:" + i));
            }
            pipeline.sync();
            assertThat(answers.get(299).get()).isEqualTo("v299");
            assertThat(answers.get(200).get()).isEqualTo(large);
        }
    }

    @Test
    void refusesTokensThatAreNotForThisUserAndCache() {
        String good = guarded.cacheToken("shop", "shop");
        assertRefused("shop", guarded.cacheToken("shop", "outside"), "the token is for the user outside, not for shop");
        assertRefused("shop", guarded.cacheToken("outside", "shop"), "Denied: elasticache:Connect on "
                + Guarded.CACHE_USERS + "shop");
        assertRefused("shop", good.replace("X-Amz-Expires=900", "X-Amz-Expires=899"),
                "the token's signature is not the one");
        assertRefused("shop", good.replaceFirst("^shop/", "store/"), "the token is for store, not for shop");
        assertRefused("shop", "secret", "the password is no token of IAM authentication");
        assertRefused("nobody", good, "the cache has no user nobody");
    }

    @Test
    void refusesAFunctionThatTheNetworkDoesNotLeadToTheStore() {
        assertRefused("outside", guarded.cacheToken("outside", "outside"), "the function Shop/Outside is in no VPC");
        assertRefused("stranger", guarded.cacheToken("stranger", "stranger"), "on port 6379");
    }

    private static void assertRefused(String user, String token, String explanation) {
        assertThatThrownBy(() -> connect(user, token)).isInstanceOf(JedisAccessControlException.class)
                .hasMessageContaining("WRONGPASS");
        assertThat(guarded.journal.denials().get(0).name()).isEqualTo("elasticache:Connect");
        assertThat(guarded.journal.denials().get(0).explanation()).contains(explanation);
    }

    @Test
    void answersNobodyWhoHasNotSignedIn() {
        try (Jedis jedis = connect(client())) {
            assertThatThrownBy(jedis::ping).isInstanceOf(JedisDataException.class).hasMessageContaining("NOAUTH");
            assertThatThrownBy(() -> jedis.auth("anything")).hasMessageContaining("WRONGPASS");
        }
    }

    @Test
    void letsAClientSignInAgain() {
        try (Jedis jedis = connectAsShop()) {
            assertThat(jedis.auth("shop", guarded.cacheToken("shop", "shop"))).isEqualTo("OK");
            assertThatThrownBy(() -> jedis.auth("shop", "wrong")).hasMessageContaining("WRONGPASS");
            assertThat(jedis.set("shop:again", "yes")).isEqualTo("OK");
        }
    }

    @Test
    void takesNothingButTls() {
        assertThatThrownBy(() -> connect(DefaultJedisClientConfig.builder().socketTimeoutMillis(5_000)
                .user("shop").password(guarded.cacheToken("shop", "shop"))))
                .isInstanceOf(JedisConnectionException.class);
    }

    @Test
    void closesTheConnectionOfGarbage() throws Exception {
        for (String garbage : List.of("GET / HTTP/1.1\r\n\r\n", "*1\r\n!4\r\n", "*99999999999\r\n",
                "*2\r\n$4\r\nAUTH\r\n$-1\r\n",
                "*40\r\n$4\r\nAUTH\r\n$1\r\nx\r\n")) {
            try (Socket socket = tls.getSocketFactory().createSocket("127.0.0.1", gate.port());
                    InputStream in = socket.getInputStream()) {
                socket.setSoTimeout(5_000);
                ((SSLSocket) socket).startHandshake();
                socket.getOutputStream().write(garbage.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).as(garbage)
                        .startsWith("-ERR Protocol error");
            }
        }
        try (Jedis jedis = connectAsShop()) {
            assertThat(jedis.ping()).isEqualTo("PONG");
        }
    }

    @Test
    void takesTwoHundredAtOnceAndCountsThem() throws Exception {
        int clients = 200;
        CountDownLatch allIn = new CountDownLatch(clients);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                Callable<String> client = () -> {
                    try (Jedis jedis = connectAsShop()) {
                        allIn.countDown();
                        assertThat(allIn.await(30, TimeUnit.SECONDS)).isTrue();
                        return jedis.ping();
                    }
                };
                answers.add(threads.submit(client));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("PONG");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(gate.view().connections()).anySatisfy(user -> {
            assertThat(user.user()).isEqualTo("shop");
            assertThat(user.peak()).isGreaterThanOrEqualTo(clients);
        });
    }

    @Test
    void isDownWhenStoppedAndServesAgainWhenStarted() throws Exception {
        // Not closed: closing says a word to the server, which is gone.
        Jedis before = connectAsShop();
        gate.stop();
        try {
            assertThatThrownBy(before::ping).isInstanceOf(JedisConnectionException.class);
            assertThatThrownBy(RedisGateTest::connectAsShop).isInstanceOf(JedisConnectionException.class);
        } finally {
            gate.start();
        }
        try (Jedis after = connectAsShop()) {
            assertThat(after.ping()).isEqualTo("PONG");
        }
    }
}
