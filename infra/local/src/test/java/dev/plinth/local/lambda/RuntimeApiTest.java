package dev.plinth.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The protocol, spoken by the test in place of a process. */
@Timeout(20)
class RuntimeApiTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final RuntimeSession session = new RuntimeSession();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private RuntimeApi api;
    private String base;

    @BeforeEach
    void start() throws IOException {
        api = RuntimeApi.start();
        base = "http://" + api.open(session) + "/2018-06-01/runtime/";
    }

    @AfterEach
    void stop() throws IOException {
        api.close();
    }

    @Test
    void deliversAnEventAndTakesItsAnswerOnce() throws Exception {
        CompletableFuture<HttpResponse<String>> next = nextInParallel();
        session.ready().get();
        begin();

        assertThat(next.get().body()).isEqualTo("event");
        assertThat(next.get().headers().firstValue("Lambda-Runtime-Aws-Request-Id")).hasValue("id-1");
        assertThat(next.get().headers().firstValue("Lambda-Runtime-Deadline-Ms")).hasValue("5");
        assertThat(next.get().headers().firstValue("Lambda-Runtime-Invoked-Function-Arn")).hasValue("arn");
        assertThat(post("invocation/id-0/response", "of another event")).isEqualTo(202);
        assertThat(outcome).isNotDone();
        assertThat(post("invocation/id-1/response", "answer")).isEqualTo(202);
        assertThat(post("invocation/id-1/error", "late")).isEqualTo(202);
        assertThat(outcome.get()).isInstanceOfSatisfying(Outcome.Answered.class,
                answered -> assertThat(answered.payload()).asString().isEqualTo("answer"));
    }

    @Test
    void breaksTheConnectionOfAProcessThatIsGoneAndTakesNoEventForIt() throws Exception {
        CompletableFuture<HttpResponse<String>> next = nextInParallel();
        session.ready().get();

        session.exited(9);

        assertThatThrownBy(() -> next.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(session.begin(invocation())).isFalse();
        assertThat(outcome).isNotDone();
    }

    @Test
    void reportsWhatWentWrongBeforeTheFirstEvent() throws Exception {
        assertThat(post("init/error", "no memory")).isEqualTo(202);

        assertThatThrownBy(() -> session.ready().get()).hasMessageContaining("no memory");
    }

    @Test
    void knowsNoPathButThoseOfItsProcesses() throws Exception {
        assertThat(status(HttpRequest.newBuilder(URI.create(base.replace(session.id(), "other") + "invocation/next")))).isEqualTo(404);
        assertThat(status(HttpRequest.newBuilder(URI.create(base + "invocation/last")))).isEqualTo(404);

        api.forget(session);

        assertThat(post("init/error", "x")).isEqualTo(404);
    }

    private void begin() {
        assertThat(session.begin(invocation())).isTrue();
    }

    private RuntimeSession.Invocation invocation() {
        return new RuntimeSession.Invocation("id-1", "arn", "trace", 5, "event".getBytes(StandardCharsets.UTF_8), outcome);
    }

    private CompletableFuture<HttpResponse<String>> nextInParallel() {
        return client.sendAsync(HttpRequest.newBuilder(URI.create(base + "invocation/next")).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int post(String call, String body) throws IOException, InterruptedException {
        return status(HttpRequest.newBuilder(URI.create(base + call)).POST(BodyPublishers.ofString(body)));
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
