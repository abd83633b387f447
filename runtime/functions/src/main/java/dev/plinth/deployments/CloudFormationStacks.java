package dev.plinth.deployments;

import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.generator.ResourceTypes;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;
import software.amazon.awssdk.services.cloudformation.model.OnStackFailure;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * Stacks in CloudFormation. Names and tokens are made of the deployment's id, so a call that is repeated is the same
 * call to CloudFormation too. Thread-safe.
 */
@Singleton
@Requires(env = "deployment-worker")
final class CloudFormationStacks implements Stacks {
    /** What CloudFormation calls a request that cannot be honoured, among it one for a stack that does not exist. */
    private static final String INVALID = "ValidationError";

    /** Codes of refusals that another attempt does not change. */
    private static final Set<String> REFUSALS = Set.of(INVALID, "LimitExceededException",
            "InsufficientCapabilitiesException");

    /** The largest generated template has some 200 resources of a few events each, at 100 events a page. */
    private static final int PAGES = 10;

    private final CloudFormationClient client;
    private final StackSettings settings;

    CloudFormationStacks(CloudFormationClient client, StackSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    @Override
    public String nameOf(UUID deployment) {
        return settings.prefix() + deployment;
    }

    @Override
    public Optional<StackState> find(String nameOrId) {
        try {
            return calling(() -> client.describeStacks(describe -> describe.stackName(nameOrId)))
                    .stacks().stream().map(CloudFormationStacks::state).findFirst();
        } catch (CloudFormationException refused) {
            if (isInvalid(refused) && refused.getMessage().contains("does not exist")) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static StackState state(Stack stack) {
        Map<String, String> outputs = new LinkedHashMap<>();
        for (Output output : stack.outputs()) {
            outputs.put(output.outputKey(), output.outputValue());
        }
        return new StackState(stack.stackId(), phase(stack.stackStatusAsString()),
                Optional.ofNullable(stack.stackStatusReason()), outputs);
    }

    private static StackState.Phase phase(String status) {
        return switch (status) {
            case "REVIEW_IN_PROGRESS" -> StackState.Phase.PREPARED;
            case "CREATE_IN_PROGRESS" -> StackState.Phase.CREATING;
            case "ROLLBACK_IN_PROGRESS" -> StackState.Phase.ROLLING_BACK;
            case "CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED" -> StackState.Phase.FAILED;
            case "DELETE_IN_PROGRESS" -> StackState.Phase.DELETING;
            case "DELETE_FAILED" -> StackState.Phase.DELETE_FAILED;
            case "DELETE_COMPLETE" -> StackState.Phase.DELETED;
            // Somebody in the account may have updated it since; it is there.
            default -> StackState.Phase.CREATED;
        };
    }

    @Override
    public String prepare(Deployment deployment) {
        String name = nameOf(deployment.id());
        try {
            return calling(() -> client.createChangeSet(create -> create
                    .stackName(name)
                    .changeSetName(changeSetOf(deployment.id()))
                    .changeSetType(ChangeSetType.CREATE)
                    .clientToken(deployment.id().toString())
                    .templateURL(templateUrl(deployment))
                    .roleARN(settings.roleArn())
                    .resourceTypes(ResourceTypes.ALL)
                    .onStackFailure(OnStackFailure.ROLLBACK))).stackId();
        } catch (AlreadyExistsException made) {
            return find(name).map(StackState::id).orElseThrow(() -> made);
        } catch (CloudFormationException refused) {
            throw refusal(refused);
        }
    }

    private String templateUrl(Deployment deployment) {
        return "https://%s.s3.%s.amazonaws.com/templates/%s/%s.json".formatted(
                settings.bucket(), settings.region(), deployment.projectId(), deployment.generationId());
    }

    /** The name of a change set begins with a letter; an id may not. */
    private static String changeSetOf(UUID deployment) {
        return "deployment-" + deployment;
    }

    @Override
    public Optional<ChangeSetState> changeSet(UUID deployment, String stackId) {
        try {
            return Optional.of(state(calling(() -> client.describeChangeSet(
                    describe -> describe.stackName(stackId).changeSetName(changeSetOf(deployment)))),
                    deployment, stackId));
        } catch (ChangeSetNotFoundException none) {
            return Optional.empty();
        }
    }

    private ChangeSetState state(DescribeChangeSetResponse found, UUID deployment, String stackId) {
        if (found.status() == ChangeSetStatus.FAILED) {
            return new ChangeSetState(ChangeSetState.Phase.FAILED, Optional.ofNullable(found.statusReason()), 0);
        }
        if (found.status() != ChangeSetStatus.CREATE_COMPLETE) {
            return new ChangeSetState(ChangeSetState.Phase.PENDING, Optional.empty(), 0);
        }
        boolean ready = found.executionStatus() == ExecutionStatus.AVAILABLE;
        return new ChangeSetState(ready ? ChangeSetState.Phase.READY : ChangeSetState.Phase.EXECUTED, Optional.empty(),
                changes(found, deployment, stackId));
    }

    private int changes(DescribeChangeSetResponse first, UUID deployment, String stackId) {
        int changes = first.changes().size();
        String next = first.nextToken();
        for (int page = 1; next != null && page < PAGES; page++) {
            String token = next;
            DescribeChangeSetResponse more = calling(() -> client.describeChangeSet(describe -> describe
                    .stackName(stackId).changeSetName(changeSetOf(deployment)).nextToken(token)));
            changes += more.changes().size();
            next = more.nextToken();
        }
        return changes;
    }

    @Override
    public void execute(UUID deployment, String stackId) {
        try {
            calling(() -> client.executeChangeSet(execute -> execute
                    .stackName(stackId)
                    .changeSetName(changeSetOf(deployment))
                    .clientRequestToken(deployment.toString())));
        } catch (InvalidChangeSetStatusException underWay) {
            // Another attempt has begun with it, or it is not made yet: the next look tells which.
        }
    }

    @Override
    public void delete(UUID deployment, String stackId) {
        try {
            calling(() -> client.deleteStack(delete -> delete.stackName(stackId).roleARN(settings.roleArn())));
        } catch (CloudFormationException refused) {
            if (!isInvalid(refused) || !refused.getMessage().contains("in status")) {
                throw refusal(refused);
            }
        }
    }

    @Override
    public List<ResourceEvent> events(String stackId) {
        List<ResourceEvent> events = new ArrayList<>();
        String next = null;
        for (int page = 0; page == 0 || next != null && page < PAGES; page++) {
            String token = next;
            DescribeStackEventsResponse found = calling(() ->
                    client.describeStackEvents(describe -> describe.stackName(stackId).nextToken(token)));
            found.stackEvents().stream().filter(event -> !stackId.equals(event.physicalResourceId()))
                    .map(CloudFormationStacks::event).forEach(events::add);
            next = found.nextToken();
        }
        return events;
    }

    private static ResourceEvent event(StackEvent event) {
        return new ResourceEvent(event.timestamp(), event.logicalResourceId(), event.resourceType(),
                event.resourceStatusAsString(), Optional.ofNullable(event.resourceStatusReason()));
    }

    private static <T> T calling(Supplier<T> call) {
        return AwsFailures.calling(call);
    }

    private static boolean isInvalid(CloudFormationException refused) {
        return INVALID.equals(refused.awsErrorDetails().errorCode());
    }

    /** Returns what to throw: the refusal, or the exception itself when it is our mistake, such as a missing right. */
    private static RuntimeException refusal(CloudFormationException refused) {
        return REFUSALS.contains(refused.awsErrorDetails().errorCode())
                ? new RefusedException(refused.awsErrorDetails().errorMessage(), refused) : refused;
    }
}
