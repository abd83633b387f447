package dev.plinth.local.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.journal.Journal;
import dev.plinth.local.mail.Mail;
import dev.plinth.local.mail.Outbox;
import dev.plinth.local.mail.TextMessage;
import dev.plinth.local.mail.Texts;
import dev.plinth.local.net.LoopbackServer;
import dev.plinth.local.topic.Attribute;
import dev.plinth.local.topic.QueueDelivery;
import dev.plinth.local.topic.Topic;
import dev.plinth.local.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.SnsException;

/** The AWS SDK subscribes to a topic and publishes to it through the door. */
class SnsServiceTest {
    private static final String TOPIC = AwsCallers.ACCOUNT.arn("sns", "notices");
    private static final String QUEUE = AwsCallers.ACCOUNT.arn("sqs", "queue");
    private static final Pattern LINK = Pattern.compile("http://127.0.0.1:\\S+");

    private final Callers callers = new Callers();
    private final Outbox outbox = new Outbox();
    private final Texts texts = new Texts();
    private final FlakyQueue queue = new FlakyQueue();
    private final MovableClock clock = new MovableClock();
    private Topics topics;
    private LoopbackServer server;
    private SnsClient operator;

    /** A queue that takes no message for a while. */
    private static final class FlakyQueue implements QueueDelivery {
        private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
        private final AtomicInteger failures = new AtomicInteger();
        private boolean allows = true;

        @Override
        public boolean isAllowed(String queueArn, String topicArn) {
            return allows;
        }

        @Override
        public void send(String queueArn, String body, Map<String, Attribute> attributes) throws IOException {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("not now");
            }
            taken.add(queueArn + " " + body + " " + attributes.keySet());
        }
    }

    /** A clock that stands still until it is moved. */
    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2026-11-21T08:00:00Z");

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void start() throws IOException {
        Door door = new Door(callers, new Faults(), new Journal(), denial -> { });
        server = LoopbackServer.start("a test", "(no flag)", 0, door::answer);
        topics = new Topics(outbox, texts, queue, URI.create(server.url()), clock);
        topics.add(new Topic(TOPIC, "notices", "Plinth", "test/notices"));
        door.openSns(AwsCallers.ACCOUNT, topics, arn -> Optional.empty());
        operator = client(AwsCallers.provider(Callers.OPERATOR));
    }

    @AfterEach
    void stop() throws IOException {
        topics.close();
        server.close();
    }

    @Test
    void mailsNothingBeforeItsReaderHasOpenedTheLink() throws Exception {
        String arn = subscribe("email", "ada@example.com", Map.of());
        publish("before", Map.of());

        assertThat(arn).startsWith(TOPIC + ":");
        assertThat(attributes(arn)).containsEntry("PendingConfirmation", "true");
        assertThat(outbox.mails()).singleElement().satisfies(mail -> assertThat(mail.subject()).contains("Confirmation"));
        String link = link(outbox.mails().get(0));
        assertThat(open(link).body()).contains("confirmed");
        assertThat(open(link).statusCode()).as("a link that is opened twice").isEqualTo(200);
        operator.publish(request -> request.topicArn(TOPIC).subject("Ended").message("after"));

        Mail mail = outbox.mailsTo("ada@example.com").get(0);
        assertThat(mail.subject()).isEqualTo("Ended");
        assertThat(mail.text().orElseThrow()).startsWith("after").contains("unsubscribe");
        assertThat(outbox.mails()).hasSize(2);
        assertThat(attributes(arn)).containsEntry("PendingConfirmation", "false");

        assertThat(open(link(mail)).statusCode()).isEqualTo(200);
        publish("after the end", Map.of());
        assertThat(outbox.mails()).hasSize(2);
    }

    @Test
    void confirmsByTheTokenOfTheMail() {
        String arn = subscribe("email", "ada@example.com", Map.of());
        String token = link(outbox.mails().get(0)).replaceFirst(".*&Token=", "").replaceFirst("&.*", "");

        assertThatThrownBy(() -> operator.confirmSubscription(confirm -> confirm.topicArn(TOPIC).token("guess")))
                .isInstanceOf(InvalidParameterException.class).hasMessageContaining("Token");
        assertThat(operator.confirmSubscription(confirm -> confirm.topicArn(TOPIC).token(token)).subscriptionArn())
                .isEqualTo(arn);
    }

    @Test
    void forgetsASubscriptionThatIsNotConfirmedInTime() throws Exception {
        String arn = subscribe("email", "ada@example.com", Map.of());
        clock.now = clock.now.plus(Duration.ofHours(48));

        assertThatThrownBy(() -> attributes(arn)).isInstanceOf(NotFoundException.class);
        assertThat(open(link(outbox.mails().get(0))).statusCode()).isEqualTo(400);
    }

    @Test
    void asksAgainWhoeverSubscribesAgainAndFindsWhatIsConfirmed() {
        String pending = subscribe("email", "ada@example.com", Map.of());
        String number = subscribe("sms", "+491701234567", Map.of("FilterPolicy", "{\"event\": [\"a\"]}"));

        assertThat(subscribe("email", "ada@example.com", Map.of())).isEqualTo(pending);
        assertThat(outbox.mails()).hasSize(2);
        assertThat(subscribe("sms", "+491701234567", Map.of("FilterPolicy", "{\"event\": [\"a\"]}"))).isEqualTo(number);
        assertThatThrownBy(() -> subscribe("sms", "+491701234567", Map.of("FilterPolicy", "{\"event\": [\"b\"]}")))
                .isInstanceOf(InvalidParameterException.class).hasMessageContaining("already exists");
        assertThat(operator.subscribe(request -> request.topicArn(TOPIC).protocol("email").endpoint("bob@example.com"))
                .subscriptionArn()).isEqualTo("pending confirmation");
    }

    @Test
    void sendsEachSubscriptionWhatItsFilterAdmits() {
        String filter = "{\"event\": [\"generation.ended\"], \"project\": [\"1\"]}";
        String arn = subscribe("sms", "+491701234567", Map.of("FilterPolicy", filter));
        subscribe("sms", "+491707654321", Map.of());

        publish("one", Map.of("event", "generation.ended", "project", "1"));
        publish("two", Map.of("event", "generation.ended", "project", "2"));

        assertThat(texts.to("+491701234567")).extracting(TextMessage::text).containsExactly("one");
        assertThat(texts.to("+491707654321")).extracting(TextMessage::text).containsExactly("two", "one");
        assertThat(attributes(arn)).containsEntry("FilterPolicy", filter).containsEntry("Protocol", "sms");
        operator.setSubscriptionAttributes(set -> set.subscriptionArn(arn).attributeName("FilterPolicy")
                .attributeValue("{\"project\": [\"2\"]}"));
        publish("three", Map.of("event", "x", "project", "2"));
        assertThat(texts.to("+491701234567")).extracting(TextMessage::text).containsExactly("three", "one");
    }

    @Test
    void sendsEachProtocolItsOwnText() {
        subscribe("sms", "+491701234567", Map.of());
        subscribe("sqs", QUEUE, Map.of("RawMessageDelivery", "true"));

        operator.publish(request -> request.topicArn(TOPIC).messageStructure("json").message(
                "{\"default\": \"all\", \"sqs\": \"{}\"}").messageAttributes(Map.of("event", string("x"))));

        assertThat(texts.all()).extracting(TextMessage::text).containsExactly("all");
        assertThat(queue.taken).containsExactly(QUEUE + " {} [event]");
    }

    @Test
    void wrapsWhatIsNotRaw() throws Exception {
        subscribe("sqs", QUEUE, Map.of());

        publish("hello", Map.of("event", "x"));

        assertThat(queue.taken.poll()).contains("\"Type\":\"Notification\"", "\"TopicArn\":\"" + TOPIC + "\"",
                "\"Message\":\"hello\"", "\"MessageAttributes\":{\"event\":{\"Type\":\"String\",\"Value\":\"x\"}}").endsWith(" []");
    }

    @Test
    void sendsAgainWhatTheQueueDidNotTake() throws Exception {
        subscribe("sqs", QUEUE, Map.of("RawMessageDelivery", "true"));
        queue.failures.set(2);

        publish("hello", Map.of());

        assertThat(queue.taken.poll(20, TimeUnit.SECONDS)).isEqualTo(QUEUE + " hello []");
    }

    @Test
    void sendsNothingThatThePolicyOfTheQueueDoesNotAllow() {
        subscribe("sqs", QUEUE, Map.of());
        queue.allows = false;

        publish("hello", Map.of());

        assertThat(queue.taken).isEmpty();
        assertThat(topics.deliveries()).singleElement().satisfies(delivery ->
                assertThat(delivery.result()).startsWith("denied"));
    }

    @Test
    void textsANumberThatIsNotSubscribed() {
        client(AwsCallers.withStatements(callers,
                "{\"Effect\": \"Allow\", \"Action\": \"sns:Publish\", \"NotResource\": \"arn:*:sns:*:*:*\"}"))
                .publish(request -> request.phoneNumber("+491701234567").message("123456"));

        assertThat(texts.to("+491701234567")).extracting(TextMessage::text).containsExactly("123456");
    }

    @Test
    void publishesABatchAndNamesWhatItRefused() {
        subscribe("sms", "+491701234567", Map.of());

        PublishBatchResponse response = operator.publishBatch(batch -> batch.topicArn(TOPIC).publishBatchRequestEntries(
                entry -> entry.id("1").message("one"), entry -> entry.id("2").message("two").subject("ä")));

        assertThat(response.successful()).singleElement().satisfies(each -> assertThat(each.id()).isEqualTo("1"));
        assertThat(response.failed()).singleElement().satisfies(each -> {
            assertThat(each.id()).isEqualTo("2");
            assertThat(each.code()).isEqualTo("InvalidParameter");
        });
        assertThat(texts.all()).extracting(TextMessage::text).containsExactly("one");
    }

    @Test
    void deniesARoleWhatItsPoliciesDoNotAllow() {
        SnsClient publisher = client(AwsCallers.withStatements(callers, allow("sns:Publish")));
        String arn = subscribe("sms", "+491701234567", Map.of());

        publisher.publish(request -> request.topicArn(TOPIC).message("x"));
        assertDenied(() -> publisher.publish(request -> request.phoneNumber("+491701234567").message("x")), "sns:Publish");
        assertDenied(() -> publisher.subscribe(request -> request.topicArn(TOPIC).protocol("sms").endpoint("+49170")),
                "sns:Subscribe");
        assertDenied(() -> publisher.unsubscribe(request -> request.subscriptionArn(arn)), "sns:Unsubscribe");
        assertDenied(() -> publisher.deleteTopic(request -> request.topicArn(TOPIC)), "does not know which permissions");
        client(AwsCallers.withStatements(callers, allow("sns:Unsubscribe"))).unsubscribe(end -> end.subscriptionArn(arn));
        assertThat(topics.subscriptionsOf(TOPIC)).isEmpty();
    }

    @Test
    void givesPoliciesTheProtocol() {
        SnsClient mailer = client(AwsCallers.withStatements(callers, """
                {"Effect": "Allow", "Action": "sns:Subscribe", "Resource": "%s",
                 "Condition": {"StringEquals": {"sns:Protocol": "email"}}}""".formatted(TOPIC)));

        mailer.subscribe(request -> request.topicArn(TOPIC).protocol("email").endpoint("ada@example.com"));
        assertDenied(() -> mailer.subscribe(request -> request.topicArn(TOPIC).protocol("sms").endpoint("+491701234567")),
                "sns:Subscribe");
    }

    @ParameterizedTest
    @CsvSource({"email, ada", "sms, 0170", "sqs, arn:aws:sqs:x", "https, https://example.com"})
    void refusesWhatItCannotReach(String protocol, String endpoint) {
        assertThatThrownBy(() -> subscribe(protocol, endpoint, Map.of())).isInstanceOf(InvalidParameterException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"event\": [{\"like\": \"x\"}]}", "no JSON"})
    void refusesAFilterThatItCouldNotJudge(String filter) {
        assertThatThrownBy(() -> subscribe("sms", "+491701234567", Map.of("FilterPolicy", filter)))
                .isInstanceOf(InvalidParameterException.class).hasMessageContaining("FilterPolicy");
    }

    @Test
    void saysWhatIsNotThere() {
        assertThatThrownBy(() -> operator.publish(request -> request.topicArn(TOPIC + "s").message("x")))
                .isInstanceOf(NotFoundException.class).hasMessageContaining("Topic does not exist");
        assertThatThrownBy(() -> operator.setSubscriptionAttributes(set -> set.subscriptionArn(TOPIC + ":1")
                .attributeName("FilterPolicy").attributeValue("{}"))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void listsEverySubscriptionOfATopic() {
        for (int i = 0; i < 130; i++) {
            subscribe("sms", "+49170" + (1_000_000 + i), Map.of());
        }

        assertThat(operator.listSubscriptionsByTopicPaginator(list -> list.topicArn(TOPIC)).subscriptions()).hasSize(130);
        assertThat(operator.getTopicAttributes(get -> get.topicArn(TOPIC)).attributes())
                .containsEntry("SubscriptionsConfirmed", "130").containsEntry("DisplayName", "Plinth");
    }

    private String subscribe(String protocol, String endpoint, Map<String, String> attributes) {
        return operator.subscribe(request -> request.topicArn(TOPIC).protocol(protocol).endpoint(endpoint)
                .returnSubscriptionArn(true).attributes(attributes)).subscriptionArn();
    }

    private void publish(String message, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new HashMap<>();
        attributes.forEach((name, value) -> values.put(name, string(value)));
        operator.publish(request -> request.topicArn(TOPIC).message(message).messageAttributes(values));
    }

    private static MessageAttributeValue string(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }

    private Map<String, String> attributes(String arn) {
        return operator.getSubscriptionAttributes(get -> get.subscriptionArn(arn)).attributes();
    }

    private static String link(Mail mail) {
        Matcher link = LINK.matcher(mail.text().orElseThrow());
        assertThat(link.find()).isTrue();
        return link.group();
    }

    private static HttpResponse<String> open(String link) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(link)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void assertDenied(Runnable call, String message) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(SnsException.class, denied -> {
            assertThat(denied.statusCode()).isEqualTo(403);
            assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AuthorizationError");
        }).hasMessageContaining(message);
    }

    private static String allow(String action) {
        return "{\"Effect\": \"Allow\", \"Action\": \"" + action + "\", \"Resource\": \"" + TOPIC + "\"}";
    }

    private SnsClient client(AwsCredentialsProvider credentials) {
        return SnsClient.builder().endpointOverride(URI.create(server.url())).region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create()).credentialsProvider(credentials)
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1))).build();
    }
}
