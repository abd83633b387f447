package dev.plinth.notifications;

import static dev.plinth.notifications.Notified.projects;
import static dev.plinth.notifications.Notified.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.aws.FakeAws;
import dev.plinth.functions.logging.LogLines;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What people get of the routes of subscriptions, through the handler, by events as API Gateway sends them. */
class SubscriptionsHttpTest {
    private static final String LIST = "/api/notifications/subscriptions";
    private static Notified notified;

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final String mail = ada + "@example.org";
    private final String number = "+4917"
            + String.format("%08d", Math.floorMod(ada.getLeastSignificantBits(), 100_000_000L));

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
    void subscribesAMailAtTheTopicWithItsFilter() {
        UUID project = notified.project(ada);

        Answer answer = notified.subscribe(ada, "email", "email", ada + "@Example.ORG", projects(project)
                + ", \"events\": [\"deployment.ended\", \"generation.ended\"], \"outcomes\": [\"FAILED\"]");

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.header("location")).isEqualTo(LIST + "/" + text(answer, "id"));
        assertThat(text(answer, "address")).isEqualTo(mail);
        assertThat(text(answer, "status")).isEqualTo("PENDING");
        assertThat(text(answer, "secret")).isNull();
        FakeMessaging.TopicSubscription subscription = notified.messaging().subscription(mail);
        assertThat(subscription.protocol).isEqualTo("email");
        assertThat(subscription.policy).isEqualTo("{\"project\":[\"" + project
                + "\"],\"event\":[\"deployment.ended\",\"generation.ended\"],\"outcome\":[\"FAILED\"]}");
        Answer read = notified.get(ada, answer.header("location"));
        assertThat(read.json()).isEqualTo(answer.json());
        assertThat(StudioFunction.texts(notified.get(ada, LIST).json().get("items"), "id"))
                .containsExactly(text(answer, "id"));
    }

    @Test
    void leavesOutOfTheFilterWhatIsNotRestricted() {
        UUID project = notified.project(ada);
        notified.subscribe(ada, "email", "email", mail, projects(project)
                + ", \"events\": [\"deployment.ended\", \"generation.ended\", \"deployment.deleted\"],"
                + " \"outcomes\": [\"FAILED\", \"SUCCEEDED\"]");

        assertThat(notified.messaging().subscription(mail).policy).isEqualTo("{\"project\":[\"" + project + "\"]}");
    }

    @Test
    void activatesAMailThatWasConfirmedByItsLink() {
        String id = text(notified.subscribe(ada, "email", "email", mail, projects(notified.project(ada))), "id");
        notified.messaging().confirmByLink(mail);
        notified.later(Duration.ofSeconds(4));

        assertThat(StudioFunction.texts(notified.get(ada, LIST).json().get("items"), "status"))
                .containsExactly("ACTIVE");
        assertThat(text(notified.get(ada, LIST + "/" + id), "status")).isEqualTo("ACTIVE");
    }

    @Test
    void activatesAMailByItsToken() {
        String id = text(notified.subscribe(ada, "email", "email", mail, projects(notified.project(ada))), "id");
        String token = notified.messaging().subscription(mail).token();

        Answer wrong = notified.confirm(ada, id, "wrong");
        Answer right = notified.confirm(ada, id, token);

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("\"pointer\":\"/token\"", "wrong, expired or used up");
        assertThat(right.status()).as(right.text()).isEqualTo(200);
        assertThat(text(right, "status")).isEqualTo("ACTIVE");
        assertThat(notified.confirm(ada, id, "anything").status()).as("stays so").isEqualTo(200);
    }

    @Test
    void doesNotConfirmOneSubscriptionByTheTokenOfAnother() {
        notified.subscribe(ada, "email", "email", mail, projects(notified.project(ada)));
        String other = bob + "@example.org";
        String id = text(notified.subscribe(bob, "email", "email", other, projects(notified.project(bob))), "id");

        Answer answer = notified.confirm(bob, id, notified.messaging().subscription(mail).token());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(notified.get(bob, LIST + "/" + id), "status")).isEqualTo("PENDING");
    }

    @Test
    void asksSnsSeldom() {
        String id = text(notified.subscribe(ada, "email", "email", mail, projects(notified.project(ada))), "id");
        notified.messaging().confirmByLink(mail);
        notified.later(Duration.ofSeconds(4));
        IntStream.range(0, 5).forEach(i -> notified.get(ada, LIST + "/" + id));
        notified.later(Duration.ofMinutes(59));
        notified.get(ada, LIST);

        assertThat(notified.messaging().actions().stream().filter("GetSubscriptionAttributes"::equals)).hasSize(1);
    }

    @Test
    void saysThatASubscriptionEndedAtSns() {
        String id = text(notified.subscribe(ada, "email", "email", mail, projects(notified.project(ada))), "id");
        notified.messaging().forgetSubscription(mail);
        notified.later(Duration.ofHours(49));

        assertThat(notified.get(ada, LIST).json().get("items").size()).isZero();
        Answer ended = notified.get(ada, LIST + "/" + id);
        assertThat(text(ended, "status")).isEqualTo("ENDED");
        assertThat(text(ended, "endReason")).isEqualTo("GONE_AT_SNS");
        assertThat(text(ended, "address")).isNull();
    }

    @Test
    void textsACodeAndSubscribesTheNumberByIt() {
        UUID project = notified.project(ada);
        Answer answer = notified.subscribe(ada, "sms", "phoneNumber", number, projects(project));
        String id = text(answer, "id");

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(notified.messaging().subscription(number)).as("not before it is proven").isNull();
        assertThat(text(notified.confirm(ada, id, code()), "status")).isEqualTo("ACTIVE");
        assertThat(notified.messaging().subscription(number).policy).isEqualTo("{\"project\":[\"" + project + "\"]}");
        assertThat(notified.table().items().toString()).doesNotContain(code());
    }

    @Test
    void refusesTheRightCodeAfterFiveWrongOnes() {
        String id = text(notified.subscribe(ada, "sms", "phoneNumber", number, projects(notified.project(ada))), "id");
        String wrong = code().equals("000000") ? "000001" : "000000";
        IntStream.range(0, 5).forEach(i -> assertThat(notified.confirm(ada, id, wrong).status()).isEqualTo(400));

        Answer right = notified.confirm(ada, id, code());

        assertThat(right.status()).isEqualTo(400);
        assertThat(right.text()).contains("wrong, expired or used up");
        assertThat(notified.messaging().subscription(number)).isNull();
    }

    @Test
    void countsWrongCodesThatRace() throws InterruptedException {
        String id = text(notified.subscribe(ada, "sms", "phoneNumber", number, projects(notified.project(ada))), "id");
        String wrong = code().equals("000000") ? "000001" : "000000";
        List<Thread> guessers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            guessers.add(new Thread(() -> notified.confirm(ada, id, wrong)));
        }
        guessers.forEach(Thread::start);
        for (Thread guesser : guessers) {
            guesser.join();
        }

        assertThat(notified.confirm(ada, id, code()).status()).isEqualTo(400);
    }

    @Test
    void refusesACodeAfterTenMinutes() {
        String id = text(notified.subscribe(ada, "sms", "phoneNumber", number, projects(notified.project(ada))), "id");
        notified.later(Duration.ofMinutes(10));

        assertThat(notified.confirm(ada, id, code()).status()).isEqualTo(404);
        assertThat(notified.get(ada, LIST).json().get("items").size()).isZero();
    }

    @Test
    void textsANumberThreeTimesAnHourWhoeverAsks() {
        UUID hers = notified.project(ada);
        UUID his = notified.project(bob);
        notified.subscribe(ada, "sms", "phoneNumber", number, projects(hers));
        notified.subscribe(bob, "sms", "phoneNumber", number, projects(his));
        notified.later(Duration.ofMinutes(5));
        notified.subscribe(ada, "sms", "phoneNumber", number, projects(hers));

        Answer fourth = notified.subscribe(ada, "sms", "phoneNumber", number, projects(hers));
        assertThat(fourth.status()).as(fourth.text()).isEqualTo(429);
        assertThat(Integer.parseInt(fourth.header("retry-after"))).isBetween(3200, 3300);
        assertThat(notified.messaging().texts()).hasSize(3);
        notified.later(Duration.ofMinutes(56));
        assertThat(notified.subscribe(ada, "sms", "phoneNumber", number, projects(hers)).status()).isEqualTo(201);
    }

    @Test
    void sendsTenConfirmationsAnHourForOnePerson() {
        UUID project = notified.project(ada);
        AtomicInteger last = new AtomicInteger();
        IntStream.range(0, 11).forEach(i -> last.set(notified.subscribe(ada, "sms", "phoneNumber",
                number.substring(0, number.length() - 2) + (10 + i), projects(project)).status()));

        assertThat(last).hasValue(429);
        assertThat(notified.messaging().texts()).hasSize(10);
    }

    @Test
    void leavesANumberToTheOneWhoProvedItFirst() {
        String hers = text(notified.subscribe(ada, "sms", "phoneNumber", number, projects(notified.project(ada))), "id");
        String herCode = code();
        String his = text(notified.subscribe(bob, "sms", "phoneNumber", number, projects(notified.project(bob))), "id");

        assertThat(notified.confirm(bob, his, code()).status()).isEqualTo(200);
        Answer late = notified.confirm(ada, hers, herCode);

        assertThat(late.status()).as(late.text()).isEqualTo(409);
    }

    @Test
    void leavesAMailAddressToTheOneWhoHasIt() {
        notified.subscribe(ada, "email", "email", mail, projects(notified.project(ada)));
        UUID project = notified.project(bob);

        assertThat(notified.subscribe(bob, "email", "email", mail, projects(project)).status()).isEqualTo(409);
        notified.messaging().forgetSubscription(mail);
        notified.later(Duration.ofHours(49));
        assertThat(notified.subscribe(bob, "email", "email", mail, projects(project)).status())
                .as("once SNS has given it up").isEqualTo(201);
    }

    @Test
    void takesTheSameAddressWithTheSameFilterForTheSameSubscription() {
        UUID project = notified.project(ada);
        UUID other = notified.project(ada);
        String id = text(notified.subscribe(ada, "email", "email", mail, projects(project, other)), "id");

        Answer again = notified.subscribe(ada, "email", "email", mail, projects(other, project, project));
        Answer otherwise = notified.subscribe(ada, "email", "email", mail, projects(project));

        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(text(again, "id")).isEqualTo(id);
        assertThat(notified.messaging().mails()).as("asked twice").containsExactly(mail, mail);
        assertThat(otherwise.status()).isEqualTo(409);
        assertThat(otherwise.text()).contains(id);
    }

    @Test
    void asksAWebhookBySignedRequestAndShowsItsSecretOnce() {
        UUID project = notified.project(ada);
        String url = notified.receiver().url().toString();
        Answer answer = notified.subscribe(ada, "webhook", "url", url, projects(project));
        String id = text(answer, "id");
        notified.work();

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(text(answer, "secret")).startsWith("whsec_");
        assertThat(notified.receiver().requests()).hasSize(1);
        assertThat(notified.receiver().requests().get(0).body()).contains("webhook.confirmation", id);
        assertThat(notified.receiver().requests().get(0).headers()).containsKeys("webhook-id", "webhook-signature");
        assertThat(notified.confirm(ada, id, "wrong").status()).isEqualTo(400);
        Answer confirmed = notified.confirm(ada, id, notified.receivedToken());
        assertThat(text(confirmed, "status")).isEqualTo("ACTIVE");
        assertThat(confirmed.text() + notified.get(ada, LIST + "/" + id).text() + notified.get(ada, LIST).text()
                + notified.subscribe(ada, "webhook", "url", url, projects(project)).text()).doesNotContain("whsec_");
    }

    @Test
    void givesAnotherSecretAndTokenToAWebhookThatIsNotConfirmed() {
        UUID project = notified.project(ada);
        String url = notified.receiver().url().toString();
        String first = text(notified.subscribe(ada, "webhook", "url", url, projects(project)), "secret");
        notified.work();
        String firstToken = notified.receivedToken();

        Answer again = notified.subscribe(ada, "webhook", "url", url, projects(project));
        notified.work();

        assertThat(again.status()).isEqualTo(200);
        assertThat(text(again, "secret")).startsWith("whsec_").isNotEqualTo(first);
        assertThat(notified.confirm(ada, text(again, "id"), firstToken).status()).isEqualTo(400);
        assertThat(notified.confirm(ada, text(again, "id"), notified.receivedToken()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "https://127.0.0.1/x", "https://localhost/x", "https://169.254.169.254/latest/meta-data", "http://example.org/x",
        "https://[::1]/x", "https://2130706433/x", "https://metadata.google.internal/x", "https://example.org:22/x"
    })
    void refusesWebhooksInsidePrivateNetworks(String url) {
        Answer answer = notified.subscribe(ada, "webhook", "url", url, projects(notified.project(ada)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("pointer").getStringValue()).isEqualTo("/url");
        assertThat(notified.messaging().messages()).isEmpty();
    }

    @Test
    void endsASubscriptionAndSaysSoAgain() {
        String id = text(notified.subscribe(ada, "email", "email", mail, projects(notified.project(ada))), "id");
        notified.messaging().confirmByLink(mail);

        assertThat(notified.unsubscribe(bob, id).status()).as("somebody else's").isEqualTo(404);
        assertThat(notified.unsubscribe(ada, id).status()).isEqualTo(204);
        assertThat(notified.unsubscribe(ada, id).status()).isEqualTo(204);
        assertThat(notified.unsubscribe(ada, UUID.randomUUID().toString()).status()).isEqualTo(404);
        assertThat(notified.messaging().subscription(mail)).isNull();
        assertThat(text(notified.get(ada, LIST + "/" + id), "endReason")).isEqualTo("UNSUBSCRIBED");
        assertThat(notified.get(bob, LIST + "/" + id).status()).isEqualTo(404);
        assertThat(notified.table().items().toString()).as("nothing of the address is left").doesNotContain(mail);
        assertThat(notified.table().items()).as("no link").noneMatch(item -> item.get("owner").s().equals("LINKS#" + id));
        assertThat(notified.subscribe(bob, "email", "email", mail, projects(notified.project(bob))).status())
                .isEqualTo(201);
    }

    @Test
    void completesAnEndThatWasCutOff() {
        String id = text(notified.subscribe(ada, "email", "email", mail, projects(notified.project(ada))), "id");
        notified.messaging().confirmByLink(mail);
        notified.messaging().failing(action -> action.equals("Unsubscribe")
                ? FakeMessaging.error(503, "ServiceUnavailable", "made up") : null);

        assertThat(notified.unsubscribe(ada, id).status()).isEqualTo(503);
        notified.messaging().failing(action -> null);
        assertThat(notified.unsubscribe(ada, id).status()).isEqualTo(204);
        assertThat(notified.messaging().subscription(mail)).isNull();
    }

    @Test
    void showsNothingToOthers() {
        String id = text(notified.subscribe(ada, "email", "email", mail, projects(notified.project(ada))), "id");

        assertThat(notified.get(bob, LIST + "/" + id).status()).isEqualTo(404);
        assertThat(notified.get(bob, LIST + "/" + id + "/deliveries").status()).isEqualTo(404);
        assertThat(notified.confirm(bob, id, notified.messaging().subscription(mail).token()).status()).isEqualTo(404);
        assertThat(notified.get(bob, LIST).json().get("items").size()).isZero();
    }

    @Test
    void subscribesToNoProjectThatTheCallerMayNotRead() {
        UUID hers = notified.project(ada);
        UUID his = notified.project(bob);

        assertThat(notified.subscribe(ada, "email", "email", mail, projects(hers, his)).status()).isEqualTo(404);
        assertThat(notified.messaging().subscription(mail)).isNull();
    }

    @Test
    void confirmsOnlyWhatTheCallerMayStillRead() {
        UUID shared = notified.sharedProject(bob, ada, "VIEWER");
        UUID own = notified.project(ada);
        String both = text(notified.subscribe(ada, "sms", "phoneNumber", number, projects(shared, own)), "id");
        String code = code();
        String url = notified.receiver().url().toString();
        String one = text(notified.subscribe(ada, "webhook", "url", url, projects(shared)), "id");
        notified.work();
        notified.takeBack(bob, shared);

        assertThat(notified.confirm(ada, both, code).json().get("projects").size()).isEqualTo(1);
        assertThat(notified.messaging().subscription(number).policy).isEqualTo("{\"project\":[\"" + own + "\"]}");
        assertThat(notified.confirm(ada, one, notified.receivedToken()).status()).isEqualTo(403);
    }

    @Test
    void keepsTwentySubscriptionsAtMostHoweverTheyRace() throws InterruptedException {
        UUID project = notified.project(ada);
        String url = notified.receiver().url().toString();
        IntStream.range(0, 18).forEach(i -> assertThat(
                notified.subscribe(ada, "webhook", "url", url + i, projects(project)).status()).isEqualTo(201));
        AtomicInteger refused = new AtomicInteger();
        List<Thread> racers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String another = url + "/race" + i;
            racers.add(new Thread(() -> {
                if (notified.subscribe(ada, "webhook", "url", another, projects(project)).status() == 409) {
                    refused.incrementAndGet();
                }
            }));
        }
        racers.forEach(Thread::start);
        for (Thread racer : racers) {
            racer.join();
        }

        assertThat(refused).hasValue(3);
        Answer page = notified.get(ada, LIST + "?limit=15");
        Answer rest = notified.get(ada, LIST + "?limit=15&cursor=" + text(page, "nextCursor"));
        assertThat(page.json().get("items").size() + rest.json().get("items").size()).isEqualTo(20);
        notified.later(Duration.ofHours(24));
        assertThat(notified.subscribe(ada, "webhook", "url", url, projects(project)).status())
                .as("those that nobody confirmed have expired").isEqualTo(201);
    }

    @Test
    void saysThatTheTopicIsFull() {
        UUID project = notified.project(ada);
        notified.messaging().failing(action -> action.equals("Subscribe")
                ? FakeMessaging.error(403, "FilterPolicyLimitExceeded", "made up") : null);

        Answer answer = notified.subscribe(ada, "email", "email", mail, projects(project));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).contains("A webhook can");
        assertThat(answer.header("retry-after")).isEqualTo("3600");
        notified.messaging().failing(action -> null);
        assertThat(notified.subscribe(ada, "email", "email", mail, projects(project)).status())
                .as("goes on with the same one").isEqualTo(200);
    }

    @Test
    void refusesAnAddressThatSnsDoesNotTake() {
        UUID project = notified.project(ada);
        notified.messaging().failing(action -> action.equals("Subscribe") || action.equals("Publish")
                ? FakeMessaging.error(400, "InvalidParameter", "Invalid parameter: " + mail) : null);

        Answer byMail = notified.subscribe(ada, "email", "email", mail, projects(project));
        Answer bySms = notified.subscribe(ada, "sms", "phoneNumber", number, projects(project));

        assertThat(byMail.status()).isEqualTo(400);
        assertThat(byMail.text()).contains("\"pointer\":\"/email\"").doesNotContain("Invalid parameter");
        assertThat(bySms.status()).isEqualTo(400);
        assertThat(bySms.text()).contains("\"pointer\":\"/phoneNumber\"");
        assertThat(notified.get(ada, LIST).json().get("items").size()).as("nothing is left of them").isZero();
    }

    @Test
    void answers503WhileSnsOrTheQueueDoesNotAnswer() {
        notified.messaging().failing(action -> action.equals("SendMessage")
                ? FakeAws.Answer.error(503, "ServiceUnavailable")
                : FakeMessaging.error(500, "InternalError", "made up"));
        UUID project = notified.project(ada);

        assertThat(notified.subscribe(ada, "email", "email", mail, projects(project)).status()).isEqualTo(503);
        assertThat(notified.subscribe(ada, "webhook", "url", notified.receiver().url().toString(), projects(project))
                .status()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "email   | {\"email\": \"ada\", \"projects\": [ID]}                            | /email",
        "email   | {\"email\": \"ada@localhost\", \"projects\": [ID]}                  | /email",
        "email   | {\"email\": \"a b@example.org\", \"projects\": [ID]}                | /email",
        "email   | {\"projects\": [ID]}                                                | /email",
        "email   | {\"email\": \"a@example.org\"}                                      | /projects",
        "email   | {\"email\": \"a@example.org\", \"projects\": []}                    | /projects",
        "email   | {\"email\": \"a@example.org\", \"projects\": [\"x\"]}               | /projects/0",
        "email   | {\"email\": \"a@example.org\", \"projects\": [ID], \"events\": []}  | /events",
        "email   | {\"email\": \"a@example.org\", \"projects\": [ID], \"events\": [\"generation.ended\", \"moon\"]} | /events/1",
        "email   | {\"email\": \"a@example.org\", \"projects\": [ID], \"outcomes\": [\"MAYBE\"]} | /outcomes/0",
        "email   | {\"email\": \"a@example.org\", \"projects\": [ID], \"phone\": 1}    | /phone",
        "sms     | {\"phoneNumber\": \"0170 1234567\", \"projects\": [ID]}             | /phoneNumber",
        "sms     | {\"phoneNumber\": \"+0170123456\", \"projects\": [ID]}              | /phoneNumber",
        "sms     | {\"phoneNumber\": \"+1234567890123456\", \"projects\": [ID]}        | /phoneNumber",
        "webhook | {\"url\": \"ftp://example.org\", \"projects\": [ID]}                | /url",
        "webhook | {\"url\": \"https://gone.invalid/\", \"projects\": [ID]}            | /url"
    })
    void pointsAtWhatIsWrong(String protocol, String body, String pointer) {
        Answer answer = notified.post(ada, "/api/notifications/subscribe/" + protocol,
                body.replace("ID", "\"" + UUID.randomUUID() + "\""));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("pointer").getStringValue()).isEqualTo(pointer);
    }

    @Test
    void refusesMoreThanFiftyProjects() {
        UUID[] many = IntStream.range(0, 51).mapToObj(i -> UUID.randomUUID()).toArray(UUID[]::new);

        assertThat(notified.subscribe(ada, "email", "email", mail, projects(many)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "sms"})
    void logsNoAddress(String protocol) {
        UUID project = notified.project(ada);
        List<String> lines = LogLines.texts(() -> {
            String field = protocol.equals("sms") ? "phoneNumber" : "email";
            String address = protocol.equals("sms") ? number : mail;
            notified.subscribe(ada, protocol, field, address, projects(project));
            notified.messaging().failing(action -> FakeMessaging.error(500, "InternalError", address));
            notified.subscribe(ada, protocol, field, address, projects(project));
            notified.messaging().failing(action -> FakeMessaging.error(400, "InvalidParameter", address));
            notified.subscribe(ada, protocol, field, address, projects(project));
        });

        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(mail) || line.contains(number));
    }

    private String code() {
        List<String> texts = notified.messaging().texts();
        return texts.get(texts.size() - 1).replaceAll("\\+\\d+ (\\d{6}) .*", "$1");
    }
}
