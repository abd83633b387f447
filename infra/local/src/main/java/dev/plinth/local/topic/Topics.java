package dev.plinth.local.topic;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.mail.Mail;
import dev.plinth.local.mail.Outbox;
import dev.plinth.local.mail.TextMessage;
import dev.plinth.local.mail.Texts;
import dev.plinth.local.topic.Subscription.Confirmation;
import dev.plinth.local.topic.Subscription.Protocol;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The topics with their subscriptions. A message is delivered while its publisher waits; where a queue does not take
 * it, it is tried again, less and less often. Thread-safe.
 */
public final class Topics implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SENDER = "AWS Notifications <no-reply@sns.amazonaws.com>";
    private static final Duration CONFIRMED_WITHIN = Duration.ofDays(2);
    private static final int MOST_ATTEMPTS = 12;
    private static final int KEPT = 200;

    private final Map<String, Topic> topics = new ConcurrentSkipListMap<>();
    private final Map<String, Subscription> subscriptions = new ConcurrentSkipListMap<>();
    /** ARNs by the tokens that confirmed them: a person may open the link of a mail twice. */
    private final Map<String, String> confirmedBy = new ConcurrentHashMap<>();
    private final Deque<Delivery> deliveries = new ArrayDeque<>();
    private final Outbox outbox;
    private final Texts texts;
    private final QueueDelivery queues;
    private final URI door;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ScheduledExecutorService again = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "deliveries of SNS");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * What came of a message for one subscription, for the console page.
     *
     * @param result in words
     */
    public record Delivery(Instant time, String topic, String protocol, String endpoint, String result) {
    }

    /** @param door where links of mails lead */
    public Topics(Outbox outbox, Texts texts, QueueDelivery queues, URI door, Clock clock) {
        this.outbox = outbox;
        this.texts = texts;
        this.queues = queues;
        this.door = door;
        this.clock = clock;
    }

    public void add(Topic topic) {
        topics.put(topic.arn(), topic);
    }

    /** Removes a topic with its subscriptions; one that does not exist is no error. */
    public void remove(String topicArn) {
        topics.remove(topicArn);
        subscriptions.values().removeIf(subscription -> subscription.topicArn().equals(topicArn));
    }

    public Optional<Topic> find(String arn) {
        return Optional.ofNullable(topics.get(arn));
    }

    public Collection<Topic> all() {
        return List.copyOf(topics.values());
    }

    /** @throws SnsException when there is no such topic */
    public Topic require(String arn) {
        return find(arn).orElseThrow(() -> SnsException.notFound("Topic"));
    }

    public List<Subscription> subscriptionsOf(String topicArn) {
        forgetUnconfirmed();
        return subscriptions.values().stream().filter(each -> each.topicArn().equals(topicArn)).toList();
    }

    public Optional<Subscription> subscription(String arn) {
        forgetUnconfirmed();
        return Optional.ofNullable(subscriptions.get(arn));
    }

    private void forgetUnconfirmed() {
        Instant now = clock.instant();
        subscriptions.values().removeIf(each -> each.pending().filter(wait -> !now.isBefore(wait.until())).isPresent());
    }

    /**
     * Subscribes an endpoint, or finds its subscription: one that is not confirmed gets another mail.
     *
     * @param attributes by SNS's names
     * @param deadLetter the ARN of the queue for what cannot be delivered
     * @throws SnsException when SNS would not take it
     */
    public synchronized Subscription subscribe(String topicArn, Protocol protocol, String endpoint,
                                               Map<String, String> attributes, Optional<String> deadLetter) {
        Topic topic = require(topicArn);
        check(protocol, endpoint);
        Optional<Subscription> existing = subscriptionsOf(topicArn).stream()
                .filter(each -> each.protocol() == protocol && each.endpoint().equals(endpoint)).findFirst();
        Subscription wanted = new Subscription(existing.map(Subscription::arn)
                .orElseGet(() -> topicArn + ":" + UUID.randomUUID()), topicArn, protocol, endpoint, Optional.empty(),
                false, deadLetter, protocol == Protocol.EMAIL ? Optional.of(confirmation()) : Optional.empty());
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            wanted = wanted.with(attribute.getKey(), attribute.getValue());
        }
        if (existing.isPresent() && existing.get().isConfirmed()) {
            if (!attributes.isEmpty() && !isSame(existing.get(), wanted)) {
                throw SnsException.invalid("Attributes Reason: Subscription already exists with different attributes");
            }
            return existing.get();
        }
        subscriptions.put(wanted.arn(), wanted);
        if (!wanted.isConfirmed()) {
            askToConfirm(topic, wanted);
        }
        return wanted;
    }

    private static boolean isSame(Subscription one, Subscription other) {
        return one.filterText().equals(other.filterText()) && one.raw() == other.raw();
    }

    private static void check(Protocol protocol, String endpoint) {
        boolean fits = switch (protocol) {
            case EMAIL -> endpoint.matches("[^@\\s]+@[^@\\s]+");
            case SMS -> isNumber(endpoint);
            case SQS -> endpoint.matches("arn:aws:sqs:[^:]+:\\d{12}:[^:]+");
        };
        if (!fits) {
            throw SnsException.invalid("Endpoint");
        }
    }

    private static boolean isNumber(String text) {
        return text.matches("\\+[1-9]\\d{1,14}");
    }

    private Confirmation confirmation() {
        byte[] token = new byte[64];
        random.nextBytes(token);
        return new Confirmation(HexFormat.of().formatHex(token), clock.instant().plus(CONFIRMED_WITHIN));
    }

    private void askToConfirm(Topic topic, Subscription subscription) {
        String token = subscription.pending().orElseThrow().token();
        String link = link("ConfirmSubscription", Map.of("TopicArn", topic.arn(), "Token", token));
        mail(subscription.endpoint(), "AWS Notification - Subscription Confirmation", """
                You have chosen to subscribe to the topic:
                %s

                To confirm this subscription, click or visit the link below
                (If this was in error no action is necessary):
                %s
                """.formatted(topic.arn(), link));
    }

    /** Returns a link that a person opens, in an order of its parameters that is always the same. */
    private String link(String action, Map<String, String> parameters) {
        StringBuilder link = new StringBuilder(door + "/?Action=" + action);
        new TreeMap<>(parameters).forEach((name, value) -> link.append('&').append(name).append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return link.toString();
    }

    /**
     * Confirms the subscription of a token, also one that is confirmed already.
     *
     * @throws SnsException when the token is of no subscription of the topic
     */
    public synchronized Subscription confirm(String topicArn, String token) {
        require(topicArn);
        Optional<Subscription> before = Optional.ofNullable(confirmedBy.get(token)).map(subscriptions::get)
                .filter(each -> each.topicArn().equals(topicArn));
        if (before.isPresent()) {
            return before.get();
        }
        Subscription pending = subscriptionsOf(topicArn).stream()
                .filter(each -> each.pending().filter(wait -> wait.token().equals(token)).isPresent())
                .findFirst().orElseThrow(() -> SnsException.invalid("Token"));
        Subscription confirmed = pending.confirmed();
        subscriptions.put(confirmed.arn(), confirmed);
        confirmedBy.put(token, confirmed.arn());
        return confirmed;
    }

    /** Ends a subscription; one that does not exist is no error. */
    public synchronized void unsubscribe(String arn) {
        subscriptions.remove(arn);
        confirmedBy.values().remove(arn);
    }

    /** @throws SnsException when there is no such subscription, or SNS would not take the attribute */
    public synchronized void change(String arn, String attribute, String value) {
        Subscription subscription = subscription(arn).orElseThrow(() -> SnsException.notFound("Subscription"));
        subscriptions.put(arn, subscription.with(attribute, value));
    }

    /** @throws SnsException when there is no such topic */
    public void publish(String topicArn, Notification notification) {
        Topic topic = require(topicArn);
        for (Subscription subscription : subscriptionsOf(topicArn)) {
            if (subscription.wants(notification)) {
                deliver(topic, subscription, notification);
            }
        }
    }

    /** Sends a text to one telephone. */
    public void text(String number, Notification notification) {
        if (!isNumber(number)) {
            throw SnsException.invalid("PhoneNumber Reason: " + number + " is not valid to publish to");
        }
        texts.add(new TextMessage(notification.id(), clock.instant(), number, notification.text(Protocol.SMS)));
    }

    private void deliver(Topic topic, Subscription subscription, Notification notification) {
        switch (subscription.protocol()) {
            case EMAIL -> {
                mail(subscription.endpoint(), notification.subject().orElse("AWS Notification Message"),
                        notification.text(Protocol.EMAIL) + "\n\n--\nIf you wish to stop receiving notifications from "
                                + "this topic, please click or visit the link below to unsubscribe:\n"
                                + link("Unsubscribe", Map.of("SubscriptionArn", subscription.arn())) + "\n");
                record(topic, subscription, "delivered");
            }
            case SMS -> {
                texts.add(new TextMessage(notification.id(), clock.instant(), subscription.endpoint(),
                        notification.text(Protocol.SMS)));
                record(topic, subscription, "delivered");
            }
            default -> toQueue(topic, subscription, notification, 1);
        }
    }

    private void toQueue(Topic topic, Subscription subscription, Notification notification, int attempt) {
        if (!queues.isAllowed(subscription.endpoint(), topic.arn())) {
            // SNS does not try again what a policy denies.
            lost(topic, subscription, notification,
                    "denied: the policy of the queue does not let sns.amazonaws.com send for this topic");
            return;
        }
        try {
            send(topic, subscription, subscription.endpoint(), notification);
            record(topic, subscription, attempt == 1 ? "delivered" : "delivered at attempt " + attempt);
        } catch (IOException e) {
            if (attempt >= MOST_ATTEMPTS) {
                lost(topic, subscription, notification, "failed " + attempt + " times: " + e.getMessage());
                return;
            }
            record(topic, subscription, "failed, to be tried again: " + e.getMessage());
            again.schedule(() -> toQueue(topic, subscription, notification, attempt + 1),
                    100L << attempt, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lost(Topic topic, Subscription subscription, Notification notification, String why) {
        record(topic, subscription, why);
        subscription.deadLetter().ifPresent(queue -> {
            try {
                send(topic, subscription, queue, notification);
                record(topic, subscription, "sent to the dead-letter queue");
            } catch (IOException e) {
                record(topic, subscription, "not taken by the dead-letter queue: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void send(Topic topic, Subscription subscription, String queue, Notification notification)
            throws IOException, InterruptedException {
        if (subscription.raw()) {
            queues.send(queue, notification.text(Protocol.SQS), notification.attributes());
        } else {
            queues.send(queue, envelope(topic, subscription, notification), Map.of());
        }
    }

    /** Returns the form in which a queue gets a message that is not raw; nothing here signs it. */
    private String envelope(Topic topic, Subscription subscription, Notification notification) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("Type", "Notification");
        envelope.put("MessageId", notification.id());
        envelope.put("TopicArn", topic.arn());
        notification.subject().ifPresent(subject -> envelope.put("Subject", subject));
        envelope.put("Message", notification.text(Protocol.SQS));
        envelope.put("Timestamp", clock.instant().toString());
        envelope.put("UnsubscribeURL", link("Unsubscribe", Map.of("SubscriptionArn", subscription.arn())));
        if (!notification.attributes().isEmpty()) {
            ObjectNode attributes = envelope.putObject("MessageAttributes");
            notification.attributes().forEach((name, attribute) ->
                    attributes.putObject(name).put("Type", attribute.type()).put("Value", attribute.value()));
        }
        return envelope.toString();
    }

    private void mail(String to, String subject, String text) {
        outbox.add(new Mail(UUID.randomUUID().toString(), clock.instant(), SENDER, List.of(to), List.of(), List.of(),
                subject, Optional.of(text), Optional.empty()));
    }

    private void record(Topic topic, Subscription subscription, String result) {
        synchronized (deliveries) {
            deliveries.addFirst(new Delivery(clock.instant(), topic.name(), subscription.protocol().written(),
                    subscription.endpoint(), result));
            if (deliveries.size() > KEPT) {
                deliveries.removeLast();
            }
        }
    }

    /** Returns what was delivered lately, newest first. */
    public List<Delivery> deliveries() {
        synchronized (deliveries) {
            return List.copyOf(deliveries);
        }
    }

    @Override
    public void close() {
        again.shutdownNow();
    }
}
