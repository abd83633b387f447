package dev.plinth.local.cloud;

import dev.plinth.local.door.Account;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.iam.PolicyReader;
import dev.plinth.local.iam.ResourcePolicy;
import dev.plinth.local.stack.ResourceKind;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import dev.plinth.local.topic.SnsException;
import dev.plinth.local.topic.Subscription.Protocol;
import dev.plinth.local.topic.Topic;
import dev.plinth.local.topic.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Topics, their policies and subscriptions, as templates have them at the start and as stacks come and go later. */
final class TopicResources {
    static final String TOPIC = "AWS::SNS::Topic";
    private static final String SUBSCRIPTION = "AWS::SNS::Subscription";

    private final Account account;
    private final Topics topics;
    /** The door stands for an endpoint that has TLS: on AWS, who calls without it is denied here and there alike. */
    private final PolicyReader reader =
            new PolicyReader(Set.of("aws:SecureTransport", "aws:SourceArn", "aws:SourceAccount"));
    private final Map<String, ResourcePolicy> policies = new ConcurrentHashMap<>();

    TopicResources(Account account, Topics topics) {
        this.account = account;
        this.topics = topics;
    }

    Map<String, LaptopCloud.Creator> creators() {
        return Map.of(TOPIC, this::createTopic, "AWS::SNS::TopicPolicy", this::createPolicy,
                SUBSCRIPTION, this::createSubscription);
    }

    /** Returns how programs deploy topics and subscriptions, by type. */
    Map<String, ResourceKind> kinds() {
        return Map.of(
                TOPIC, new Kind(
                        resource -> Kind.on(account.arn("sns", nameOf(resource)), creating(resource.properties())),
                        this::createTopic,
                        made -> Kind.on(made.created().ref(), "sns:GetTopicAttributes", "sns:DeleteTopic"),
                        made -> deleteTopic(made.created().ref())),
                SUBSCRIPTION, new Kind(
                        resource -> Kind.on(resource.properties().string("TopicArn"), "sns:Subscribe"),
                        this::createSubscription,
                        made -> Kind.on(made.definition().properties().string("TopicArn"),
                                "sns:GetSubscriptionAttributes", "sns:Unsubscribe"),
                        made -> deleteSubscription(made.created().ref())));
    }

    private static String[] creating(Properties properties) {
        List<String> actions = new ArrayList<>(List.of("sns:CreateTopic", "sns:GetTopicAttributes"));
        if (properties.has("KmsMasterKeyId")) {
            actions.add("sns:SetTopicAttributes");
        }
        if (properties.has("Tags")) {
            actions.add("sns:TagResource");
        }
        if (properties.has("Subscription")) {
            actions.add("sns:Subscribe");
        }
        return actions.toArray(String[]::new);
    }

    private static String nameOf(ResourceDefinition resource) {
        return resource.properties().optionalString("TopicName")
                .orElse(PhysicalNames.of(resource.stackName(), resource.logicalId(), 256));
    }

    CreatedResource createTopic(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String name = nameOf(resource);
        if (!name.matches("[A-Za-z0-9_-]{1,256}")) {
            throw properties.refuse("TopicName", "up to 256 letters, digits, hyphens and underscores");
        }
        String arn = account.arn("sns", name);
        Topic topic = new Topic(arn, name, properties.optionalString("DisplayName").orElse(""),
                resource.constructPath());
        properties.ignored("KmsMasterKeyId", "nothing is encrypted at rest here");
        properties.ignored("SignatureVersion", "nothing signs messages here");
        properties.ignored("TracingConfig", "no traces are kept");
        properties.ignored("Tags", "nothing reads tags here");
        topics.add(topic);
        for (Properties subscription : properties.objects("Subscription")) {
            subscribe(arn, subscription, Map.of(), Optional.empty());
        }
        return new CreatedResource(arn, Map.of("TopicArn", arn, "TopicName", name));
    }

    CreatedResource createSubscription(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String topic = properties.string("TopicArn");
        if (topics.find(topic).isEmpty()) {
            throw properties.refuse("TopicArn", "a topic of these templates");
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        properties.optionalJson("FilterPolicy").ifPresent(policy -> attributes.put("FilterPolicy", policy.toString()));
        properties.oneOf("FilterPolicyScope", "MessageAttributes");
        properties.optionalBool("RawMessageDelivery")
                .ifPresent(raw -> attributes.put("RawMessageDelivery", raw.toString()));
        Optional<String> deadLetter = properties.optionalObject("RedrivePolicy")
                .map(policy -> policy.string("deadLetterTargetArn"));
        properties.ignored("Region", "there is one region here");
        String arn = subscribe(topic, properties, attributes, deadLetter);
        return new CreatedResource(arn, Map.of("Arn", arn));
    }

    private String subscribe(String topic, Properties properties, Map<String, String> attributes,
                             Optional<String> deadLetter) {
        Protocol protocol = properties.oneOf("Protocol", "email", "sms", "sqs").map(Protocol::of)
                .orElseThrow(() -> properties.refuse("Protocol", "email, sms, sqs"));
        try {
            return topics.subscribe(topic, protocol, properties.string("Endpoint"), attributes, deadLetter).arn();
        } catch (SnsException e) {
            throw properties.refuse("Endpoint", "what SNS subscribes; " + e.getMessage());
        }
    }

    CreatedResource createPolicy(ResourceDefinition resource) {
        Properties properties = resource.properties();
        ResourcePolicy policy = reader.resourcePolicy(
                resource.logicalId(), resource.constructPath(), properties.json("PolicyDocument"));
        for (String topic : properties.strings("Topics")) {
            if (topics.find(topic).isEmpty()) {
                throw properties.refuse("Topics", "topics of these templates");
            }
            policies.put(topic, policy);
        }
        return new CreatedResource(resource.logicalId(), Map.of());
    }

    /** Deletes a topic with its policy and its subscriptions; one that does not exist is no error. */
    void deleteTopic(String arn) {
        topics.remove(arn);
        policies.remove(arn);
    }

    /** Ends a subscription; one that does not exist is no error. */
    void deleteSubscription(String arn) {
        topics.unsubscribe(arn);
    }

    /** Returns what the policy of a topic denies. */
    Optional<Policy> policyOf(String arn) {
        return Optional.ofNullable(policies.get(arn)).map(ResourcePolicy::denials);
    }
}
