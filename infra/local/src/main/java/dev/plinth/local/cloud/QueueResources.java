package dev.plinth.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.door.Account;
import dev.plinth.local.engine.SqsQueues;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.iam.PolicyReader;
import dev.plinth.local.iam.ResourcePolicy;
import dev.plinth.local.queue.Queue;
import dev.plinth.local.queue.Queues;
import dev.plinth.local.stack.MadeResource;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Queues and their policies. */
final class QueueResources {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEFAULT_VISIBILITY = 30;

    private final Account account;
    private final SqsQueues engine;
    private final Queues queues;
    /** The door stands for an endpoint that has TLS: on AWS, who calls without it is denied here and there alike. */
    private final PolicyReader reader =
            new PolicyReader(Set.of("aws:SecureTransport", "aws:SourceArn", "aws:SourceAccount"));
    private final Map<String, ResourcePolicy> policies = new ConcurrentHashMap<>();
    /** Which queues may name a queue as their dead-letter queue, by the latter's ARN. */
    private final Map<String, JsonNode> allowedSources = new ConcurrentHashMap<>();

    QueueResources(Account account, SqsQueues engine, Queues queues) {
        this.account = account;
        this.engine = engine;
        this.queues = queues;
    }

    CreatedResource createQueue(ResourceDefinition resource) {
        Properties properties = resource.properties();
        boolean fifo = properties.optionalBool("FifoQueue").orElse(false);
        String name = nameOf(resource);
        String arn = account.arn("sqs", name);
        Duration visibility = Duration.ofSeconds(properties.optionalInteger("VisibilityTimeout").orElse(DEFAULT_VISIBILITY));
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("VisibilityTimeout", Long.toString(visibility.toSeconds()));
        properties.optionalInteger("DelaySeconds").ifPresent(value -> attributes.put("DelaySeconds", value.toString()));
        properties.optionalInteger("ReceiveMessageWaitTimeSeconds")
                .ifPresent(value -> attributes.put("ReceiveMessageWaitTimeSeconds", value.toString()));
        if (fifo) {
            attributes.put("FifoQueue", "true");
            properties.optionalBool("ContentBasedDeduplication")
                    .ifPresent(value -> attributes.put("ContentBasedDeduplication", value.toString()));
        }
        Optional<Queue.Redrive> redrive = properties.optionalObject("RedrivePolicy").map(policy -> redrive(policy, arn));
        redrive.ifPresent(to -> attributes.put("RedrivePolicy", json(to)));
        properties.optionalJson("RedriveAllowPolicy").ifPresent(allowed -> allowedSources.put(arn, allowed));
        properties.ignored("MessageRetentionPeriod", "messages are kept until they are deleted or the cloud ends");
        properties.ignored("SqsManagedSseEnabled", "nothing is encrypted at rest here");
        properties.ignored("Tags", "nothing reads tags here");
        String url = create(resource, name, attributes);
        queues.add(new Queue(name, url, arn, resource.constructPath(), visibility, redrive));
        return new CreatedResource(url, Map.of("Arn", arn, "QueueName", name, "QueueUrl", url));
    }

    private static String nameOf(ResourceDefinition resource) {
        String suffix = resource.properties().optionalBool("FifoQueue").orElse(false) ? ".fifo" : "";
        return resource.properties().optionalString("QueueName").orElseGet(() ->
                PhysicalNames.of(resource.stackName(), resource.logicalId(), 80 - suffix.length()) + suffix);
    }

    private Queue.Redrive redrive(Properties policy, String sourceArn) {
        String target = policy.string("deadLetterTargetArn");
        if (queues.find(target).isEmpty()) {
            throw policy.refuse("deadLetterTargetArn", "a queue of these templates");
        }
        JsonNode allowed = allowedSources.getOrDefault(target, JSON.createObjectNode());
        boolean may = switch (allowed.path("redrivePermission").asText("allowAll")) {
            case "allowAll" -> true;
            case "byQueue" -> contains(allowed.path("sourceQueueArns"), sourceArn);
            default -> false;
        };
        if (!may) {
            throw policy.refuse("deadLetterTargetArn", "a queue whose RedriveAllowPolicy allows " + sourceArn);
        }
        return new Queue.Redrive(target, policy.integer("maxReceiveCount"));
    }

    private static boolean contains(JsonNode list, String text) {
        for (JsonNode item : list) {
            if (item.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    private static String json(Queue.Redrive redrive) {
        ObjectNode policy = JSON.createObjectNode();
        policy.put("deadLetterTargetArn", redrive.deadLetterArn());
        policy.put("maxReceiveCount", redrive.most());
        return policy.toString();
    }

    private String create(ResourceDefinition resource, String name, Map<String, String> attributes) {
        try {
            return engine.create(name, attributes);
        } catch (SqsQueues.RefusedException e) {
            throw resource.refuse(e.getMessage(), "queues that ElasticMQ creates");
        } catch (IOException e) {
            throw new UncheckedIOException("ElasticMQ does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating " + name, e);
        }
    }

    CreatedResource createPolicy(ResourceDefinition resource) {
        Properties properties = resource.properties();
        ResourcePolicy policy = reader.resourcePolicy(
                resource.logicalId(), resource.constructPath(), properties.json("PolicyDocument"));
        for (String url : properties.strings("Queues")) {
            policies.put(at(url, properties).arn(), policy);
        }
        return new CreatedResource(resource.logicalId(), Map.of());
    }

    private Queue at(String url, Properties properties) {
        return queues.all().stream().filter(each -> each.url().equals(url)).findFirst()
                .orElseThrow(() -> properties.refuse("Queues", "queues of these templates"));
    }

    /** Returns how programs deploy queues. */
    Kind queueKind() {
        return new Kind(
                resource -> Kind.on(account.arn("sqs", nameOf(resource)), "sqs:CreateQueue", "sqs:GetQueueAttributes"),
                this::createQueue,
                made -> Kind.on(made.created().attributes().get("Arn"), "sqs:DeleteQueue", "sqs:GetQueueAttributes"),
                this::deleteQueue);
    }

    private void deleteQueue(MadeResource made) {
        Optional<Queue> queue = queues.find(made.created().attributes().get("Arn"));
        if (queue.isEmpty()) {
            return;
        }
        try {
            engine.deleteQueue(queue.get().url());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while deleting " + queue.get().name(), e);
        }
        queues.remove(queue.get());
        allowedSources.remove(queue.get().arn());
        policies.remove(queue.get().arn());
    }

    /** Returns how programs deploy policies of queues. */
    Kind policyKind() {
        return new Kind(resource -> setting(resource.properties()), this::createPolicy,
                made -> setting(made.definition().properties()),
                made -> made.definition().properties().strings("Queues").forEach(url ->
                        policies.remove(at(url, made.definition().properties()).arn())));
    }

    private List<AccessRequest> setting(Properties properties) {
        return properties.strings("Queues").stream()
                .flatMap(url -> Kind.on(at(url, properties).arn(), "sqs:SetQueueAttributes").stream()).toList();
    }

    /** Returns the policy of the queue of an ARN. */
    Optional<Policy> policyOf(String arn) {
        return Optional.ofNullable(policies.get(arn)).map(ResourcePolicy::denials);
    }

    /** Tells whether the policy of a queue lets a service send to it for one of its resources. */
    boolean maySend(String queueArn, String service, String sourceArn) {
        AccessRequest sending = new AccessRequest("sqs:SendMessage", queueArn, Map.of(
                "aws:SecureTransport", List.of("true"), "aws:SourceArn", List.of(sourceArn),
                "aws:SourceAccount", List.of(account.id())));
        return Optional.ofNullable(policies.get(queueArn)).filter(policy -> policy.allows(service, sending)).isPresent();
    }
}
