package dev.plinth.notifications;

import static dev.plinth.notifications.Notified.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.webhooks.Receiver;
import dev.plinth.workspace.StudioFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people get of the routes of integrations, through the handler, by events as API Gateway sends them. */
class IntegrationsHttpTest {
    private static Notified notified;

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();

    @BeforeAll
    static void start() {
        notified = new Notified();
    }

    @AfterAll
    static void stop() {
        notified.close();
    }

    @BeforeEach
    void empty() {
        notified.reset();
    }

    @Test
    void addsAnIntegrationAndShowsItsSecretOnce() {
        UUID project = notified.project(ada);

        Answer created = create(ada, project, "");

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.header("location")).isEqualTo(path(project) + "/" + text(created, "id"));
        assertThat(text(created, "secret")).startsWith("whsec_");
        assertThat(text(created, "status")).isEqualTo("ACTIVE");
        Answer read = notified.get(ada, created.header("location"));
        assertThat(read.header("etag")).isEqualTo(created.header("etag"));
        assertThat(text(read, "host")).isEqualTo("127.0.0.1");
        assertThat(read.text() + notified.get(ada, path(project)).text()).doesNotContain("whsec_", "/hook");
        assertThat(notified.studio().all(ada, "/api/projects/" + project + "/activity", "type"))
                .contains("integration.created");
    }

    @Test
    void letsThoseChangeWhoMayEditAndThoseSeeWhoMayRead() {
        UUID project = notified.sharedProject(ada, bob, "VIEWER");
        String one = create(ada, project, "").header("location");

        assertThat(create(bob, project, "").status()).isEqualTo(403);
        assertThat(notified.get(bob, one).status()).isEqualTo(200);
        assertThat(put(bob, one, "\"name\": \"x\"", null).status()).isEqualTo(403);
        assertThat(delete(bob, one, null).status()).isEqualTo(403);
        UUID stranger = UUID.randomUUID();
        assertThat(create(stranger, project, "").status()).isEqualTo(404);
        assertThat(notified.get(stranger, one).status()).isEqualTo(404);
        assertThat(notified.get(stranger, path(project)).status()).isEqualTo(404);
        assertThat(delete(stranger, one, null).status()).isEqualTo(404);
    }

    @Test
    void findsAnIntegrationBelowItsOwnProjectOnly() {
        UUID project = notified.project(ada);
        String id = text(create(ada, project, ""), "id");

        assertThat(notified.get(ada, path(notified.project(ada)) + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void replacesWhatIsAskedAndKeepsTheUrl() {
        UUID project = notified.project(ada);
        Answer created = create(ada, project, "");
        String one = created.header("location");

        Answer changed = put(ada, one, "\"name\": \"Other\", \"events\": [\"deployment.ended\"], \"enabled\": false",
                created.header("etag"));

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(text(changed, "name")).isEqualTo("Other");
        assertThat(text(changed, "status")).isEqualTo("DISABLED");
        assertThat(changed.json().get("events").get(0).getStringValue()).isEqualTo("deployment.ended");
        assertThat(text(changed, "secret")).isNull();
        assertThat(put(ada, one, "\"name\": \"x\"", created.header("etag")).status()).isEqualTo(412);
        notified.give(Notified.notice("n-" + project, project, "deployment.ended", "FAILED"));
        notified.work();
        assertThat(notified.receiver().requests()).isEmpty();
        assertThat(text(put(ada, one, "\"name\": \"x\"", null), "status")).isEqualTo("ACTIVE");
        notified.give(Notified.notice("m-" + project, project, "deployment.ended", "FAILED"));
        notified.work();
        assertThat(notified.receiver().requests()).hasSize(1);
    }

    @Test
    void signsWithBothSecretsForADayAfterAChange() {
        UUID project = notified.project(ada);
        Answer created = create(ada, project, "");

        Answer rotated = put(ada, created.header("location"), "\"name\": \"x\", \"rotateSecret\": true", null);

        assertThat(text(rotated, "secret")).startsWith("whsec_").isNotEqualTo(text(created, "secret"));
        notified.give(Notified.notice("a" + project, project, "generation.ended", "FAILED"));
        notified.work();
        notified.later(Duration.ofHours(24));
        notified.give(Notified.notice("b" + project, project, "generation.ended", "FAILED"));
        notified.work();
        assertThat(notified.receiver().requests()).extracting(request ->
                request.headers().get("webhook-signature").split(" ").length).containsExactly(2, 1);
    }

    @Test
    void enablesAgainWhatFailuresDisabled() {
        UUID project = notified.project(ada);
        String one = create(ada, project, "").header("location");
        notified.receiver().answering(Receiver.status(410));
        notified.give(Notified.notice("a" + project, project, "generation.ended", "FAILED"));
        notified.work();
        assertThat(text(notified.get(ada, one), "status")).isEqualTo("DISABLED");

        assertThat(text(put(ada, one, "\"name\": \"x\"", null), "status")).isEqualTo("ACTIVE");
    }

    @Test
    void removesAnIntegration() {
        UUID project = notified.project(ada);
        Answer created = create(ada, project, "");
        String one = created.header("location");

        assertThat(delete(ada, one, "\"other\"").status()).isEqualTo(412);
        assertThat(delete(ada, one, created.header("etag")).status()).isEqualTo(204);
        assertThat(delete(ada, one, null).status()).isEqualTo(404);
        notified.give(Notified.notice("n" + project, project, "generation.ended", "FAILED"));
        notified.work();
        assertThat(notified.receiver().requests()).isEmpty();
        assertThat(notified.studio().all(ada, "/api/projects/" + project + "/activity", "type"))
                .contains("integration.deleted");
    }

    @Test
    void keepsTenIntegrationsAtMostHoweverTheyRace() throws InterruptedException {
        UUID project = notified.project(ada);
        IntStream.range(0, 8).forEach(i -> assertThat(create(ada, project, "").status()).isEqualTo(201));
        AtomicInteger refused = new AtomicInteger();
        List<Thread> racers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            racers.add(new Thread(() -> {
                if (create(ada, project, "").status() == 409) {
                    refused.incrementAndGet();
                }
            }));
        }
        racers.forEach(Thread::start);
        for (Thread racer : racers) {
            racer.join();
        }

        assertThat(refused).hasValue(3);
        Answer page = notified.get(ada, path(project) + "?limit=6");
        assertThat(StudioFunction.texts(page.json().get("items"), "id")).hasSize(6);
        Answer rest = notified.get(ada, page.header("link").replaceAll("<(.*)>.*", "$1"));
        assertThat(StudioFunction.texts(rest.json().get("items"), "id")).hasSize(4);
    }

    @Test
    void addsNothingToAProjectThatIsGone() {
        UUID project = notified.project(ada);
        notified.studio().delete(ada, "/api/projects/" + project);

        assertThat(create(ada, project, "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"kind\": \"WEBHOOK\", \"url\": \"https://x.example.org\"}                                  | /name",
        "{\"name\": \"\", \"kind\": \"WEBHOOK\", \"url\": \"https://x.example.org\"}                  | /name",
        "{\"name\": \"x\", \"kind\": \"PIGEON\", \"url\": \"https://x.example.org\"}                  | /kind",
        "{\"name\": \"x\", \"kind\": \"WEBHOOK\"}                                                     | /url",
        "{\"name\": \"x\", \"kind\": \"WEBHOOK\", \"url\": \"https://10.0.0.1/\"}                     | /url",
        "{\"name\": \"x\", \"kind\": \"SLACK\", \"url\": \"https://hooks.slack.com.evil.example/services/x\"} | /url",
        "{\"name\": \"x\", \"kind\": \"SLACK\", \"url\": \"http://hooks.slack.com/services/x\"}       | /url",
        "{\"name\": \"x\", \"kind\": \"SLACK\", \"url\": \"https://hooks.slack.com/other\"}           | /url",
        "{\"name\": \"x\", \"kind\": \"WEBHOOK\", \"url\": \"https://x.example.org\", \"events\": [\"a\"]} | /events/0",
        "{\"name\": \"x\", \"kind\": \"WEBHOOK\", \"url\": \"https://x.example.org\", \"secret\": \"s\"}   | /secret"
    })
    void pointsAtWhatIsWrong(String body, String pointer) {
        Answer answer = notified.post(ada, path(notified.project(ada)), body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("pointer").getStringValue()).isEqualTo(pointer);
    }

    private static Answer create(UUID user, UUID project, String more) {
        return notified.post(user, path(project), "{\"name\": \"Builds\", \"kind\": \"WEBHOOK\", \"url\": \""
                + notified.receiver().url() + "\"" + more + "}");
    }

    private static Answer put(UUID user, String path, String members, String etag) {
        ApiCall call = ApiCall.of("PUT", path).json("{" + members + "}");
        return notified.send(user, etag == null ? call : call.header("if-match", etag));
    }

    private static Answer delete(UUID user, String path, String etag) {
        ApiCall call = ApiCall.of("DELETE", path);
        return notified.send(user, etag == null ? call : call.header("if-match", etag));
    }

    private static String path(UUID project) {
        return "/api/projects/" + project + "/integrations";
    }
}
