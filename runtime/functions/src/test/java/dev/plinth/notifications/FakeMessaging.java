package dev.plinth.notifications;

import dev.plinth.functions.aws.FakeAws.Answer;
import dev.plinth.functions.aws.FakeAws.Answering;
import dev.plinth.functions.aws.FakeAws.Request;
import io.micronaut.json.tree.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers as SNS and SQS do, as far as notifications call them, and keeps what they were told. */
public final class FakeMessaging implements Answering {
    /** A subscription of the topic. */
    public static final class TopicSubscription {
        final String arn;
        final String protocol;
        final String endpoint;
        volatile String policy;
        public volatile boolean confirmed;

        TopicSubscription(String arn, String protocol, String endpoint, String policy) {
            this.arn = arn;
            this.protocol = protocol;
            this.endpoint = endpoint;
            this.policy = policy;
            this.confirmed = protocol.equals("sms");
        }

        /** Returns what SNS's mail holds. */
        public String token() {
            return "token-of-" + arn.substring(arn.lastIndexOf(':') + 1);
        }
    }

    /** A message in a queue. */
    record Queued(String queue, String body, int delaySeconds, Instant availableAt, JsonNode attributes) {
    }

    private final Clock clock;
    private final Map<String, TopicSubscription> subscriptions = new ConcurrentHashMap<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<Queued> messages = new CopyOnWriteArrayList<>();
    private final List<String> actions = new CopyOnWriteArrayList<>();
    private volatile Function<String, Answer> fault = action -> null;

    public FakeMessaging(Clock clock) {
        this.clock = clock;
    }

    /** Answers otherwise where the function returns an answer for an action, for example {@code Subscribe}. */
    void failing(Function<String, Answer> otherwise) {
        fault = otherwise;
    }

    static Answer error(int status, String code, String message) {
        return new Answer(status, null, "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>"
                + message + "</Message></Error><RequestId>r</RequestId></ErrorResponse>");
    }

    /** Returns the subscription of an address; null when there is none. */
    public TopicSubscription subscription(String endpoint) {
        return subscriptions.values().stream().filter(one -> one.endpoint.equals(endpoint)).findFirst().orElse(null);
    }

    /** Does what happens when somebody follows the link in the mail, or unsubscribes there. */
    void confirmByLink(String endpoint) {
        subscription(endpoint).confirmed = true;
    }

    /** Returns all that there are. */
    public Map<String, TopicSubscription> subscriptions() {
        return Map.copyOf(subscriptions);
    }

    /** Lets there be these subscriptions and no others. */
    public void restore(Map<String, TopicSubscription> others) {
        subscriptions.clear();
        subscriptions.putAll(others);
    }

    void forgetSubscription(String endpoint) {
        subscriptions.values().removeIf(one -> one.endpoint.equals(endpoint));
    }

    /** Returns number and text, for each text that was sent. */
    public List<String> texts() {
        return List.copyOf(texts);
    }

    /** Returns the address of each mail that asked for a confirmation. */
    List<String> mails() {
        return List.copyOf(mails);
    }

    public List<String> actions() {
        return List.copyOf(actions);
    }

    List<Queued> messages() {
        return List.copyOf(messages);
    }

    /** Takes a message out of its queue. */
    void remove(Queued message) {
        messages.remove(message);
    }

    void forget() {
        subscriptions.clear();
        texts.clear();
        mails.clear();
        messages.clear();
        actions.clear();
        fault = action -> null;
    }

    @Override
    public Answer answer(Request request) {
        boolean queue = request.operation().startsWith("AmazonSQS.");
        Map<String, String> form = queue ? Map.of() : form(request.body());
        String action = queue ? request.operation().substring("AmazonSQS.".length()) : form.get("Action");
        actions.add(action);
        Answer failed = fault.apply(action);
        if (failed != null) {
            return failed;
        }
        return switch (action) {
            case "SendMessage" -> send(request.json());
            case "Subscribe" -> subscribe(form);
            case "ConfirmSubscription" -> confirm(form);
            case "GetSubscriptionAttributes" -> attributes(form);
            case "SetSubscriptionAttributes" -> change(form);
            case "Unsubscribe" -> unsubscribe(form);
            case "Publish" -> publish(form);
            default -> throw new IllegalArgumentException("Not expected: " + action);
        };
    }

    private Answer send(JsonNode message) {
        String body = message.get("MessageBody").getStringValue();
        int delay = message.get("DelaySeconds") == null ? 0 : message.get("DelaySeconds").getIntValue();
        if (delay > 900) {
            return Answer.error(400, "com.amazonaws.sqs#InvalidParameterValue");
        }
        String url = message.get("QueueUrl").getStringValue();
        messages.add(new Queued(url.substring(url.lastIndexOf('/') + 1), body, delay,
                clock.instant().plusSeconds(delay), message.get("MessageAttributes")));
        return Answer.ok("{\"MessageId\": \"m\", \"MD5OfMessageBody\": \"" + md5(body.getBytes(StandardCharsets.UTF_8))
                + "\"" + attributesDigest(message.get("MessageAttributes")) + "}");
    }

    private Answer subscribe(Map<String, String> form) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 1; form.containsKey("Attributes.entry." + i + ".key"); i++) {
            attributes.put(form.get("Attributes.entry." + i + ".key"), form.get("Attributes.entry." + i + ".value"));
        }
        if (!"true".equals(form.get("ReturnSubscriptionArn"))
                || !"MessageAttributes".equals(attributes.get("FilterPolicyScope"))) {
            return error(400, "InvalidParameter", "made up: unlike the design");
        }
        TopicSubscription known = subscription(form.get("Endpoint"));
        if (known != null && !known.policy.equals(attributes.get("FilterPolicy"))) {
            return error(400, "InvalidParameter",
                    "Invalid parameter: Attributes Reason: Subscription already exists with different attributes");
        }
        if (known == null) {
            String arn = form.get("TopicArn") + ":" + (subscriptions.size() + 1) + "-" + System.nanoTime();
            known = new TopicSubscription(arn, form.get("Protocol"), form.get("Endpoint"),
                    attributes.get("FilterPolicy"));
            subscriptions.put(arn, known);
        }
        if (!known.confirmed) {
            mails.add(known.endpoint);
        }
        return result("Subscribe", "<SubscriptionArn>" + known.arn + "</SubscriptionArn>");
    }

    private Answer confirm(Map<String, String> form) {
        for (TopicSubscription subscription : subscriptions.values()) {
            if (subscription.token().equals(form.get("Token"))) {
                subscription.confirmed = true;
                return result("ConfirmSubscription", "<SubscriptionArn>" + subscription.arn + "</SubscriptionArn>");
            }
        }
        return error(400, "InvalidParameter", "Invalid parameter: Token");
    }

    private Answer attributes(Map<String, String> form) {
        TopicSubscription subscription = subscriptions.get(form.get("SubscriptionArn"));
        return subscription == null ? error(404, "NotFound", "Subscription does not exist")
                : result("GetSubscriptionAttributes", "<Attributes><entry><key>PendingConfirmation</key><value>"
                        + !subscription.confirmed + "</value></entry></Attributes>");
    }

    private Answer change(Map<String, String> form) {
        TopicSubscription subscription = subscriptions.get(form.get("SubscriptionArn"));
        if (subscription == null) {
            return error(404, "NotFound", "Subscription does not exist");
        }
        subscription.policy = form.get("AttributeValue");
        return result("SetSubscriptionAttributes", "");
    }

    private Answer unsubscribe(Map<String, String> form) {
        TopicSubscription subscription = subscriptions.get(form.get("SubscriptionArn"));
        if (subscription != null && !subscription.confirmed) {
            return error(400, "InvalidParameter", "Invalid parameter: This subscription is pending");
        }
        subscriptions.remove(form.get("SubscriptionArn"));
        return result("Unsubscribe", "");
    }

    private Answer publish(Map<String, String> form) {
        texts.add(form.get("PhoneNumber") + " " + form.get("Message"));
        return result("Publish", "<MessageId>m</MessageId>");
    }

    private static Answer result(String action, String content) {
        return Answer.ok("<" + action + "Response><" + action + "Result>" + content + "</" + action
                + "Result></" + action + "Response>");
    }

    private static Map<String, String> form(String body) {
        List<String[]> pairs = new ArrayList<>();
        for (String pair : body.split("&")) {
            pairs.add(pair.split("=", 2));
        }
        return pairs.stream().collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Amazon SQS Developer Guide, "Calculating the MD5 message digest for message attributes". */
    private static String attributesDigest(JsonNode attributes) {
        if (attributes == null) {
            return "";
        }
        Map<String, JsonNode> sorted = new TreeMap<>();
        attributes.entries().forEach(attribute -> sorted.put(attribute.getKey(), attribute.getValue()));
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        sorted.forEach((name, attribute) -> {
            write(encoded, name);
            write(encoded, attribute.get("DataType").getStringValue());
            encoded.write(1);
            write(encoded, attribute.get("StringValue").getStringValue());
        });
        return ", \"MD5OfMessageAttributes\": \"" + md5(encoded.toByteArray()) + "\"";
    }

    private static void write(ByteArrayOutputStream output, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        output.writeBytes(bytes);
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
