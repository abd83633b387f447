package dev.plinth.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.webhooks.Receiver.Request;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a real server, which stands on an address that only the exception for it lets through. */
class WebhookClientTest {
    private static final Duration SHORT = Duration.ofMillis(400);

    private final Receiver receiver = new Receiver();
    private WebhookClient client = client(receiver.exception(), WebhookClient.DEADLINE);

    @AfterEach
    void stop() {
        client.close();
        receiver.close();
    }

    @Test
    void postsTheBodyWithItsHeaders() {
        Answer answer = client.post(receiver.url(), Map.of("webhook-id", "n1"), "{\"a\": \"ü\"}");

        assertThat(answer).isEqualTo(new Answer(204, "204"));
        Request request = receiver.requests().get(0);
        assertThat(request.line()).isEqualTo("POST /hook HTTP/1.1");
        assertThat(request.body()).isEqualTo("{\"a\": \"ü\"}");
        assertThat(request.headers()).containsEntry("webhook-id", "n1")
                .containsEntry("Host", "127.0.0.1:" + receiver.port())
                .containsEntry("Content-Type", "application/json; charset=UTF-8")
                .doesNotContainKeys("Cookie", "Authorization", "Accept-Encoding");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 400, 401, 404, 410, 429, 500, 503})
    void tellsTheStatus(int status) {
        receiver.answering(Receiver.status(status));

        assertThat(post().status()).isEqualTo(status);
        assertThat(post().isTaken()).isEqualTo(status < 300);
        assertThat(post().isGone()).isEqualTo(status == 410);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        try (Receiver inside = new Receiver()) {
            // Even one that could be called by itself is not followed.
            client = client(Receivers.parse(
                    "127.0.0.1:" + receiver.port() + ",127.0.0.1:" + inside.port()), WebhookClient.DEADLINE);
            receiver.answering(Receiver.raw("HTTP/1.1 " + status + " X\r\nLocation: " + inside.url()
                    + "\r\nContent-Length: 0\r\n\r\n"));

            assertThat(post().status()).isEqualTo(status);
            assertThat(inside.requests()).isEmpty();
        }
    }

    @Test
    void asksAgainForNothing() {
        receiver.answering(Receiver.raw("HTTP/1.1 503 X\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"));

        post();

        assertThat(receiver.requests()).hasSize(1);
    }

    /** More than the client's pool holds: each connection is given back. */
    @Test
    void goesOnAfterManyRequests() {
        for (int i = 0; i < 60; i++) {
            assertThat(post().status()).isEqualTo(204);
        }
    }

    @Test
    void keepsNoCookie() {
        receiver.answering(Receiver.raw("HTTP/1.1 200 X\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"));
        post();
        post();

        assertThat(receiver.requests()).hasSize(2)
                .noneMatch(request -> request.headers().containsKey("Cookie"));
    }

    @Test
    void givesUpOnSilence() {
        CountDownLatch over = new CountDownLatch(1);
        receiver.answering((request, output) -> await(over));
        client = client(receiver.exception(), SHORT);

        assertThat(timed(() -> assertThat(post()).isEqualTo(Answer.of(Unanswered.TIMED_OUT))))
                .isBetween(SHORT.minusMillis(50), Duration.ofSeconds(3));
        over.countDown();
    }

    @Test
    void givesUpOnAnAnswerThatDripsWithoutEnd() {
        receiver.answering((request, output) -> {
            output.write("HTTP/1.1 200 X\r\n".getBytes());
            for (int i = 0; i < 100_000; i++) {
                output.write(("X" + i + ": a\r\n").getBytes());
                output.flush();
                pause();
            }
        });
        client = client(receiver.exception(), SHORT);

        assertThat(timed(() -> assertThat(post()).isEqualTo(Answer.of(Unanswered.TIMED_OUT))))
                .isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void takesTheStatusOfAnAnswerWhoseBodyHasNoEnd() {
        AtomicInteger written = new AtomicInteger();
        byte[] block = new byte[64 * 1024];
        receiver.answering((request, output) -> {
            output.write("HTTP/1.1 200 X\r\nContent-Length: 1099511627776\r\n\r\n".getBytes());
            while (true) {
                output.write(block);
                written.incrementAndGet();
            }
        });

        assertThat(timed(() -> assertThat(post().status()).isEqualTo(200))).isLessThan(Duration.ofSeconds(3));
        assertThat(written.get()).as("blocks that fit into the buffers of the connection").isLessThan(1000);
    }

    @Test
    void refusesAHeaderWithoutEnd() {
        receiver.answering((request, output) -> {
            output.write("HTTP/1.1 200 X\r\nX: ".getBytes());
            for (int i = 0; i < 100_000; i++) {
                output.write("aaaaaaaaaaaaaaaa".getBytes());
            }
        });

        assertThat(post().status()).isZero();
    }

    @Test
    void doesNotUnpackAnAnswer() {
        receiver.answering(Receiver.raw("HTTP/1.1 200 X\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"));

        assertThat(post().status()).isEqualTo(200);
    }

    @Test
    void tellsWhatIsNotHttp() {
        receiver.answering(Receiver.raw("SSH-2.0-OpenSSH_9.6\r\n\r\n\r\n"));

        assertThat(post()).isEqualTo(Answer.of(Unanswered.NO_ANSWER));
    }

    @Test
    void tellsAConnectionThatBreaks() {
        receiver.answering((request, output) -> output.close());

        assertThat(post()).isEqualTo(Answer.of(Unanswered.NO_ANSWER));
    }

    @Test
    void tellsAConnectionThatIsRefused() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        client = client(Receivers.parse("127.0.0.1:" + port), WebhookClient.DEADLINE);

        assertThat(client.post(URI.create("http://127.0.0.1:" + port), Map.of(), "{}"))
                .isEqualTo(Answer.of(Unanswered.NO_ANSWER));
    }

    @Test
    void tellsAReceiverThatDoesNotSpeakTls() {
        client = new WebhookClient(new AddressGuard(host -> loopback(), Receivers.parse("hooks.example.org:"
                + receiver.port())), WebhookClient.DEADLINE);
        receiver.answering(Receiver.raw("HTTP/1.1 400 X\r\nContent-Length: 0\r\n\r\n"));

        assertThat(client.post(URI.create("https://hooks.example.org:" + receiver.port()), Map.of(), "{}").text())
                .isIn("NO_TLS", "NO_ANSWER", "TIMED_OUT");
        assertThat(receiver.requests()).noneMatch(request -> request.line().startsWith("POST"));
    }

    /** The host had an address of the Internet when it was subscribed, and has another one now. */
    @Test
    void connectsToNoAddressThatTheHostHasGotSince() throws UnknownHostException {
        Deque<String> answers = new ArrayDeque<>(List.of("93.184.215.14", "127.0.0.1"));
        AddressGuard guard = new AddressGuard(host -> {
            assertThat(answers).as("resolved once for each look").isNotEmpty();
            return List.of(InetAddress.getByName(answers.pop()));
        }, Receivers.NONE);
        URI url = guard.admit("/url", "https://rebound.example.org:8443/");
        client = new WebhookClient(guard, WebhookClient.DEADLINE);

        assertThat(client.post(url, Map.of(), "{}")).isEqualTo(Answer.of(Unanswered.PRIVATE_ADDRESS));
        assertThat(receiver.requests()).isEmpty();
    }

    /** The very addresses that were looked at are connected to: the name is asked for once, however it changes. */
    @Test
    void resolvesTheHostOnceForARequest() {
        AtomicInteger resolved = new AtomicInteger();
        client = new WebhookClient(new AddressGuard(host -> {
            resolved.incrementAndGet();
            return loopback();
        }, Receivers.parse("hooks.example.org:" + receiver.port())), WebhookClient.DEADLINE);

        assertThat(client.post(URI.create("http://hooks.example.org:" + receiver.port() + "/"), Map.of(), "{}").status())
                .isEqualTo(204);
        assertThat(resolved).hasValue(1);
    }

    @Test
    void tellsAHostThatIsGone() {
        client = new WebhookClient(new AddressGuard(host -> {
            throw new UnknownHostException(host);
        }, Receivers.NONE), WebhookClient.DEADLINE);

        assertThat(client.post(URI.create("https://gone.example.org/"), Map.of(), "{}"))
                .isEqualTo(Answer.of(Unanswered.UNKNOWN_HOST));
    }

    @Test
    void findsAddressesOfLiteralsAndLocalNames() throws UnknownHostException {
        SystemNames names = new SystemNames();

        assertThat(names.addresses("127.0.0.1")).containsExactly(InetAddress.getByName("127.0.0.1"));
        names.close();
    }

    private Answer post() {
        return client.post(receiver.url(), Map.of(), "{}");
    }

    private static WebhookClient client(Receivers receivers, Duration deadline) {
        return new WebhookClient(new AddressGuard(host -> List.of(InetAddress.getByName(host)), receivers), deadline);
    }

    private static List<InetAddress> loopback() {
        return List.of(InetAddress.getLoopbackAddress());
    }

    private static Duration timed(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
}
