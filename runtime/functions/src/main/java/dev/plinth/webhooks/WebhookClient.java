package dev.plinth.webhooks;

import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to webhooks. Of an answer it reads the status and nothing more, and it follows no redirect: where that leads
 * was
 * never looked at. Each request has a connection of its own, to an address that the guard has just admitted. Safe for
 * use by several threads.
 */
@Singleton
@Requires(env = "webhook-worker")
class WebhookClient {
    static final Duration DEADLINE = Duration.ofSeconds(5);

    /** A receiver that answers with a header without end is cut off before the deadline does it. */
    private static final int LONGEST_LINE = 8192;
    private static final int MOST_HEADERS = 100;

    private final CloseableHttpClient http;
    private final Duration deadline;
    private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "webhook-deadline");
        thread.setDaemon(true);
        return thread;
    });

    @Inject
    WebhookClient(AddressGuard guard) {
        this(guard, DEADLINE);
    }

    WebhookClient(AddressGuard guard, Duration deadline) {
        this.deadline = deadline;
        Timeout timeout = Timeout.of(deadline);
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new GuardedNames(guard))
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxLineLength(LONGEST_LINE).setMaxHeaderCount(MOST_HEADERS).build())
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout).setSocketTimeout(timeout).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout).setConnectionRequestTimeout(timeout)
                        .setRedirectsEnabled(false).setAuthenticationEnabled(false).build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent("Plinth-Webhooks/1")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** Posts JSON, and returns what came of it within the deadline. */
    Answer post(URI url, Map<String, String> headers, String body) {
        HttpPost post = new HttpPost(url);
        headers.forEach(post::setHeader);
        post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> alarm = alarms.schedule(() -> {
            late.set(true);
            post.cancel();
        }, deadline.toMillis(), TimeUnit.MILLISECONDS);
        try {
            int status = http.executeOpen(null, post, null).getCode();
            // Drops the connection. To close the answer would first read the rest of it, however much is to come.
            post.cancel();
            return Answer.of(status);
        } catch (IOException failed) {
            return Answer.of(late.get() ? Unanswered.TIMED_OUT : reason(failed));
        } finally {
            alarm.cancel(false);
        }
    }

    private static Unanswered reason(IOException failed) {
        if (failed instanceof PrivateAddressException) {
            return Unanswered.PRIVATE_ADDRESS;
        } else if (failed instanceof UnknownHostException) {
            return Unanswered.UNKNOWN_HOST;
        } else if (failed instanceof InterruptedIOException) {
            return Unanswered.TIMED_OUT;
        } else if (failed instanceof SSLException) {
            return Unanswered.NO_TLS;
        }
        return Unanswered.NO_ANSWER;
    }

    @PreDestroy
    void close() {
        alarms.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }

    /** Resolves the host of each connection, and lets nothing else do so. */
    private record GuardedNames(AddressGuard guard) implements DnsResolver {
        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            return guard.addresses(host, port).stream().map(address -> new InetSocketAddress(address, port)).toList();
        }

        /** Without a port there is no telling whether the receiver is one that may be called regardless. */
        @Override
        public InetAddress[] resolve(String host) {
            throw new UncheckedIOException(new UnknownHostException("A host is resolved with its port only."));
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            throw new UncheckedIOException(new UnknownHostException("Nobody needs a canonical name."));
        }
    }
}
