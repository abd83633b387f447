package dev.plinth.local.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.topic.Attribute;
import dev.plinth.local.topic.Notification;
import dev.plinth.local.topic.SnsException;
import dev.plinth.local.topic.Subscription;
import dev.plinth.local.topic.Subscription.Protocol;
import dev.plinth.local.topic.Topic;
import dev.plinth.local.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * SNS in its Query protocol. What is done to a subscription needs the permission on its topic, as SNS asks for it; the
 * Service Authorization Reference names no resource there. Topics are made by templates alone.
 */
final class SnsService implements AwsService {
    static final String NAME = "sns";
    static final Set<String> CONDITION_KEYS = Set.of("sns:Protocol", "sns:Endpoint");

    private static final QueryProtocol XML = new QueryProtocol("http://sns.amazonaws.com/doc/2010-03-31/");
    private static final String CONFIRM = "ConfirmSubscription";
    private static final String UNSUBSCRIBE = "Unsubscribe";
    private static final String PENDING = "pending confirmation";
    private static final int LARGEST_PAGE = 100;

    private final Account account;
    private final Topics topics;
    private final Function<String, Optional<Policy>> policies;

    /** @param policies the resource policy of a topic by its ARN */
    SnsService(Account account, Topics topics, Function<String, Optional<Policy>> policies) {
        this.account = account;
        this.topics = topics;
        this.policies = policies;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public AwsCall parse(DoorRequest request) {
        ObjectNode parameters = QueryProtocol.parameters(request);
        return new AwsCall(NAME, parameters.path("Action").asText(), parameters, Map.of(), request.body());
    }

    /** Tells whether a request is a link of a mail, which a person opens without credentials. */
    static boolean isLink(DoorRequest request) {
        String query = "&" + request.query() + "&";
        return request.method().equals("GET") && !request.headers().containsKey("authorization")
                && (query.contains("&Action=" + CONFIRM + "&") || query.contains("&Action=" + UNSUBSCRIBE + "&"));
    }

    /** Does what the link of a mail wants, and says so to a person. */
    AwsAnswer open(AwsCall link) {
        AwsAnswer answer = answer(link);
        String said = answer.status() != 200 ? "This link is no longer good.\n"
                : link.operation().equals(CONFIRM) ? "Subscription confirmed.\n" : "Subscription ended.\n";
        return new AwsAnswer(answer.status(), Map.of("content-type", "text/plain"),
                said.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<List<AccessRequest>> permissions(AwsCall call) {
        JsonNode input = call.input();
        return switch (call.operation()) {
            case "Publish" -> Optional.of(List.of(on("Publish", target(input).orElse("*"), Map.of())));
            case "PublishBatch" -> Optional.of(List.of(on("Publish", text(input, "TopicArn"), Map.of())));
            case "Subscribe" -> Optional.of(List.of(on("Subscribe", text(input, "TopicArn"), Map.of(
                    "sns:Protocol", List.of(text(input, "Protocol")),
                    "sns:Endpoint", List.of(text(input, "Endpoint"))))));
            case CONFIRM, "GetTopicAttributes", "ListSubscriptionsByTopic" ->
                    Optional.of(List.of(on(call.operation(), text(input, "TopicArn"), Map.of())));
            case UNSUBSCRIBE, "GetSubscriptionAttributes", "SetSubscriptionAttributes" ->
                    Optional.of(List.of(on(call.operation(), topicOf(text(input, "SubscriptionArn")), Map.of())));
            default -> Optional.empty();
        };
    }

    private static String text(JsonNode input, String name) {
        return input.path(name).asText();
    }

    private static Optional<String> target(JsonNode input) {
        return QueryProtocol.text(input, "TopicArn").or(() -> QueryProtocol.text(input, "TargetArn"));
    }

    private static String topicOf(String subscriptionArn) {
        int colon = subscriptionArn.lastIndexOf(':');
        return colon < 0 ? subscriptionArn : subscriptionArn.substring(0, colon);
    }

    /** The door stands for an endpoint that has TLS, so a policy that wants it is content. */
    private static AccessRequest on(String action, String resource, Map<String, List<String>> context) {
        Map<String, List<String>> all = new HashMap<>(context);
        all.put("aws:SecureTransport", List.of("true"));
        return new AccessRequest("sns:" + action, resource, all);
    }

    @Override
    public Optional<Policy> resourcePolicy(String resourceArn) {
        return policies.apply(resourceArn);
    }

    @Override
    public AwsAnswer answer(AwsCall call) {
        try {
            return switch (call.operation()) {
                case "Publish" -> publish(call.input());
                case "PublishBatch" -> publishBatch(call.input());
                case "Subscribe" -> subscribe(call.input());
                case CONFIRM -> confirm(call.input());
                case UNSUBSCRIBE -> {
                    topics.unsubscribe(text(call.input(), "SubscriptionArn"));
                    yield XML.respond(UNSUBSCRIBE, xml -> { });
                }
                case "GetTopicAttributes" -> topicAttributes(call.input());
                case "ListSubscriptionsByTopic" -> subscriptions(call.input());
                case "GetSubscriptionAttributes" -> subscriptionAttributes(call.input());
                case "SetSubscriptionAttributes" -> {
                    topics.change(text(call.input(), "SubscriptionArn"), text(call.input(), "AttributeName"),
                            text(call.input(), "AttributeValue"));
                    yield XML.respond("SetSubscriptionAttributes", xml -> { });
                }
                default -> error(400, "InvalidAction", "The laptop's cloud does not answer " + call.name() + ".");
            };
        } catch (SnsException e) {
            return error(e.status(), e.code(), e.getMessage());
        }
    }

    private AwsAnswer publish(JsonNode input) {
        Notification notification = notification(input, "");
        Optional<String> topic = target(input);
        if (topic.isPresent()) {
            topics.publish(topic.get(), notification);
        } else {
            topics.text(text(input, "PhoneNumber"), notification);
        }
        return XML.respond("Publish", xml -> xml.text("MessageId", notification.id()));
    }

    private AwsAnswer publishBatch(JsonNode input) {
        String topic = topics.require(text(input, "TopicArn")).arn();
        Map<String, String> published = new LinkedHashMap<>();
        Map<String, SnsException> refused = new LinkedHashMap<>();
        String prefix = "PublishBatchRequestEntries.member.";
        for (int i = 1; input.has(prefix + i + ".Id"); i++) {
            String id = text(input, prefix + i + ".Id");
            try {
                Notification notification = notification(input, prefix + i + ".");
                topics.publish(topic, notification);
                published.put(id, notification.id());
            } catch (SnsException e) {
                refused.put(id, e);
            }
        }
        return XML.respond("PublishBatch", xml -> {
            xml.list("Successful", published.entrySet(), entry -> {
                xml.text("Id", entry.getKey());
                xml.text("MessageId", entry.getValue());
            });
            xml.list("Failed", refused.entrySet(), entry -> {
                xml.text("Id", entry.getKey());
                xml.text("Code", entry.getValue().code());
                xml.text("Message", entry.getValue().getMessage());
                xml.text("SenderFault", "true");
            });
        });
    }

    private static Notification notification(JsonNode input, String prefix) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        String entry = prefix + "MessageAttributes.entry.";
        for (int i = 1; input.has(entry + i + ".Name"); i++) {
            String value = entry + i + ".Value.";
            attributes.put(text(input, entry + i + ".Name"), new Attribute(text(input, value + "DataType"),
                    QueryProtocol.text(input, value + "StringValue")
                            .orElseGet(() -> text(input, value + "BinaryValue"))));
        }
        return Notification.of(text(input, prefix + "Message"), QueryProtocol.text(input, prefix + "Subject"),
                QueryProtocol.text(input, prefix + "MessageStructure"), attributes);
    }

    private AwsAnswer subscribe(JsonNode input) {
        Subscription subscription = topics.subscribe(text(input, "TopicArn"), Protocol.of(text(input, "Protocol")),
                text(input, "Endpoint"), QueryProtocol.map(input, "Attributes.entry", "key", "value"),
                Optional.empty());
        boolean arn = subscription.isConfirmed() || text(input, "ReturnSubscriptionArn").equals("true");
        return XML.respond("Subscribe",
                xml -> xml.text("SubscriptionArn", arn ? subscription.arn() : PENDING));
    }

    private AwsAnswer confirm(JsonNode input) {
        if (text(input, "AuthenticateOnUnsubscribe").equals("true")) {
            throw SnsException.invalid("AuthenticateOnUnsubscribe: the laptop's links end a subscription for anybody");
        }
        Subscription subscription = topics.confirm(text(input, "TopicArn"), text(input, "Token"));
        return XML.respond(CONFIRM, xml -> xml.text("SubscriptionArn", subscription.arn()));
    }

    private AwsAnswer topicAttributes(JsonNode input) {
        Topic topic = topics.require(text(input, "TopicArn"));
        List<Subscription> all = topics.subscriptionsOf(topic.arn());
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("TopicArn", topic.arn());
        attributes.put("DisplayName", topic.displayName());
        attributes.put("Owner", account.id());
        long confirmed = all.stream().filter(Subscription::isConfirmed).count();
        attributes.put("SubscriptionsConfirmed", Long.toString(confirmed));
        attributes.put("SubscriptionsPending", Long.toString(all.size() - confirmed));
        return XML.respond("GetTopicAttributes", attributes(attributes));
    }

    private AwsAnswer subscriptionAttributes(JsonNode input) {
        Subscription subscription = topics.subscription(text(input, "SubscriptionArn"))
                .orElseThrow(() -> SnsException.notFound("Subscription"));
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("SubscriptionArn", subscription.arn());
        attributes.put("TopicArn", subscription.topicArn());
        attributes.put("Owner", account.id());
        attributes.put("Protocol", subscription.protocol().written());
        attributes.put("Endpoint", subscription.endpoint());
        attributes.put("PendingConfirmation", Boolean.toString(!subscription.isConfirmed()));
        attributes.put("RawMessageDelivery", Boolean.toString(subscription.raw()));
        subscription.filterText().ifPresent(policy -> {
            attributes.put("FilterPolicy", policy);
            attributes.put("FilterPolicyScope", "MessageAttributes");
        });
        return XML.respond("GetSubscriptionAttributes", attributes(attributes));
    }

    private static QueryXml.Content attributes(Map<String, String> attributes) {
        return xml -> xml.map("Attributes", attributes);
    }

    private AwsAnswer subscriptions(JsonNode input) {
        Topic topic = topics.require(text(input, "TopicArn"));
        String after = text(input, "NextToken");
        List<Subscription> rest = topics.subscriptionsOf(topic.arn()).stream()
                .filter(each -> each.arn().compareTo(after) > 0).toList();
        List<Subscription> page = rest.stream().limit(LARGEST_PAGE).toList();
        Optional<String> next = page.size() < rest.size()
                ? Optional.of(page.get(page.size() - 1).arn()) : Optional.empty();
        return XML.respond("ListSubscriptionsByTopic", xml -> {
            xml.list("Subscriptions", page, subscription -> {
                xml.text("TopicArn", topic.arn());
                xml.text("Protocol", subscription.protocol().written());
                xml.text("SubscriptionArn", subscription.isConfirmed() ? subscription.arn() : "PendingConfirmation");
                xml.text("Owner", account.id());
                xml.text("Endpoint", subscription.endpoint());
            });
            xml.text("NextToken", next);
        });
    }

    @Override
    public AwsAnswer error(int status, String code, String message) {
        return XML.error(status, code.equals("AccessDeniedException") ? "AuthorizationError" : code, message);
    }
}
