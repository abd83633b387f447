package dev.plinth.local.cloud;

import dev.plinth.local.engine.SqsQueues;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.iam.Denied;
import dev.plinth.local.iam.Role;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.queue.EventSource;
import dev.plinth.local.queue.Queue;
import dev.plinth.local.queue.Queues;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Queues that start functions. What AWS demands when such a mapping is created, is demanded here. */
final class EventSourceResources implements Closeable {
    /** What Lambda does in the name of the function's role. */
    private static final List<String> NEEDED = List.of("ReceiveMessage", "DeleteMessage", "GetQueueAttributes");

    private final FunctionResources functions;
    private final IamResources iam;
    private final Queues queues;
    private final SqsQueues engine;
    private final String region;
    private final Journal journal;
    private final Progress progress;
    private final List<Planned> planned = new ArrayList<>();
    private final List<EventSource> started = new ArrayList<>();

    private record Planned(Queue queue, FunctionPool function, EventSource.Settings settings) {
    }

    EventSourceResources(FunctionResources functions, IamResources iam, Queues queues, SqsQueues engine, String region,
                         Journal journal, Progress progress) {
        this.functions = functions;
        this.iam = iam;
        this.queues = queues;
        this.engine = engine;
        this.region = region;
        this.journal = journal;
        this.progress = progress;
    }

    CreatedResource create(ResourceDefinition resource) {
        Properties properties = resource.properties();
        Queue queue = queues.find(properties.string("EventSourceArn"))
                .orElseThrow(() -> properties.refuse("EventSourceArn", "a queue of these templates"));
        FunctionPool function = functions.find(properties.string("FunctionName"))
                .orElseThrow(() -> properties.refuse("FunctionName", "a function of these templates"));
        int batchSize = properties.optionalInteger("BatchSize").orElse(SqsQueues.LARGEST_CALL);
        Duration window = Duration.ofSeconds(properties.optionalInteger("MaximumBatchingWindowInSeconds").orElse(0));
        Optional<Integer> concurrency = properties.optionalObject("ScalingConfig")
                .flatMap(scaling -> scaling.optionalInteger("MaximumConcurrency"));
        List<String> types = properties.strings("FunctionResponseTypes");
        boolean enabled = properties.optionalBool("Enabled").orElse(true);
        properties.ignored("Tags", "nothing reads tags here");
        if (batchSize < 1 || batchSize > 10_000 || batchSize > SqsQueues.LARGEST_CALL && window.isZero()) {
            throw properties.refuse("BatchSize", "1 to 10, and to 10000 with MaximumBatchingWindowInSeconds");
        }
        if (window.isNegative() || window.toSeconds() > 300) {
            throw properties.refuse("MaximumBatchingWindowInSeconds", "0 to 300");
        }
        if (concurrency.isPresent() && (concurrency.get() < 2 || concurrency.get() > 1000)) {
            throw properties.refuse("ScalingConfig", "a MaximumConcurrency of 2 to 1000");
        }
        if (!List.of("ReportBatchItemFailures").containsAll(types)) {
            throw properties.refuse("FunctionResponseTypes", "ReportBatchItemFailures");
        }
        requireVisibility(queue, function, properties);
        requirePermissions(queue, function, properties);
        if (enabled) {
            int batches = Math.min(function.limit(), concurrency.orElse(Integer.MAX_VALUE));
            planned.add(new Planned(queue, function,
                    new EventSource.Settings(batchSize, window, batches, !types.isEmpty(), region)));
        }
        String id = UUID.nameUUIDFromBytes((resource.stackName() + "/" + resource.logicalId())
                .getBytes(StandardCharsets.UTF_8)).toString();
        return new CreatedResource(id, Map.of("Id", id));
    }

    private static void requireVisibility(Queue queue, FunctionPool function, Properties properties) {
        Duration timeout = function.function().timeout();
        if (queue.visibility().compareTo(timeout) < 0) {
            throw properties.refuse("EventSourceArn", "a queue whose visibility timeout, " + queue.visibility().toSeconds()
                    + " s, is no less than the function's timeout, " + timeout.toSeconds() + " s");
        }
    }

    private void requirePermissions(Queue queue, FunctionPool function, Properties properties) {
        Role role = iam.role(function.function().roleName());
        for (String action : NEEDED) {
            AccessRequest access = new AccessRequest(
                    "sqs:" + action, queue.arn(), Map.of("aws:SecureTransport", List.of("true")));
            if (role.decide(access) instanceof Denied denied) {
                progress.say("\nDENIED\n" + denied.explanation().indent(2));
                throw properties.refuse("EventSourceArn", "a queue on which the function's role may call " + action);
            }
            journal.use(role.name(), access.action(), access.resourceArn());
        }
    }

    /** Starts the pollers. Before that, no message starts a function, so that all is deployed when the first one does. */
    void start() {
        planned.forEach(each -> started.add(EventSource.start(each.queue(), each.function(), each.settings(), engine,
                journal, line -> progress.line("queue", line))));
    }

    @Override
    public void close() throws IOException {
        for (EventSource source : started) {
            source.close();
        }
    }
}
