package dev.plinth.deployments;

import static dev.plinth.functions.aws.Values.number;
import static dev.plinth.functions.aws.Values.seconds;
import static dev.plinth.functions.aws.Values.text;

import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.deployments.Deployment.CreationFailure;
import dev.plinth.deployments.Deployment.Deletion;
import dev.plinth.deployments.Deployment.StackName;
import dev.plinth.functions.aws.Values;
import dev.plinth.jobs.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a deployment adds to the item of its job. */
final class DeploymentItems {
    /** Says that the deployment is to be deleted. No end but that of a deletion is written to an item that has it. */
    static final String DELETION_AT = "deletionRequestedAt";

    /** How long a deployment of which nothing is left can be read. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final String GENERATION = "generationId";
    private static final String DELETIONS = "deletions";
    private static final String STACK_NAME = "stackName";
    private static final String STACK_ID = "stackId";
    private static final String TOTAL = "resources";
    private static final String THERE = "resourcesThere";
    private static final String EVENTS = "events";
    private static final String OUTPUTS = "outputs";
    private static final String FAILURE = "failure";
    private static final String FAILED_AT = "failedAt";
    private static final String SENT_AT = "deletionSentAt";
    private static final String GONE = "gone";

    /** Members of an event. */
    private static final String AT = "at";
    private static final String RESOURCE = "resource";
    private static final String TYPE = "type";
    private static final String STATUS = "status";
    private static final String REASON = "reason";

    private DeploymentItems() {
    }

    static Deployment deployment(Job job) {
        Map<String, AttributeValue> item = job.attributes();
        return new Deployment(
                job.id(), job.projectId(), Values.id(item, GENERATION).orElseThrow(), job.requestedBy(),
                status(job), job.createdAt(), job.startedAt(), job.endedAt(), job.reason(),
                text(item, STACK_ID).map(id -> new StackName(text(item, STACK_NAME).orElseThrow(), id)),
                new Progress((int) number(item, TOTAL), (int) number(item, THERE), events(item)),
                readOutputs(item),
                text(item, FAILURE).map(reason -> new CreationFailure(reason, Values.time(item, FAILED_AT))),
                text(item, DELETION_AT).map(at -> new Deletion(Instant.parse(at), (int) number(item, DELETIONS))),
                text(item, SENT_AT).map(Instant::parse),
                item.containsKey(GONE) && item.get(GONE).bool());
    }

    /** A deletion may be wanted before the worker, which alone writes the status of a live job, knows. */
    private static DeploymentStatus status(Job job) {
        return job.isLive() && job.attributes().containsKey(DELETION_AT)
                ? DeploymentStatus.DELETING : DeploymentStatus.valueOf(job.status());
    }

    static Map<String, AttributeValue> requested(UUID generation) {
        return Map.of(GENERATION, text(generation));
    }

    static Map<String, AttributeValue> deletion(Deletion deletion) {
        return Map.of(DELETION_AT, text(deletion.at()), DELETIONS, number(deletion.number()));
    }

    static Map<String, AttributeValue> stack(StackName stack) {
        return Map.of(STACK_NAME, text(stack.name()), STACK_ID, text(stack.id()));
    }

    static Map<String, AttributeValue> failure(CreationFailure failure) {
        return Map.of(FAILURE, text(failure.reason()), FAILED_AT, text(failure.at()));
    }

    static Map<String, AttributeValue> sentAt(Instant at) {
        return Map.of(SENT_AT, text(at));
    }

    static Map<String, AttributeValue> progress(Progress progress) {
        List<AttributeValue> events = progress.events().stream().map(DeploymentItems::event).toList();
        return Map.of(TOTAL, number(progress.total()), THERE, number(progress.there()),
                EVENTS, AttributeValue.fromL(events));
    }

    static Map<String, AttributeValue> outputs(Map<String, String> outputs) {
        Map<String, AttributeValue> members = new HashMap<>();
        outputs.forEach((key, value) -> members.put(key, text(value)));
        return Map.of(OUTPUTS, AttributeValue.fromM(members));
    }

    /** Returns what is noted when nothing is left of the stack: some time later, the item goes as well. */
    static Map<String, AttributeValue> gone(Instant now) {
        return Map.of(GONE, AttributeValue.fromBool(true), Attributes.EXPIRES_AT, seconds(now.plus(KEPT)));
    }

    private static AttributeValue event(ResourceEvent event) {
        Map<String, AttributeValue> members = new HashMap<>();
        members.put(AT, text(event.at()));
        members.put(RESOURCE, text(event.resource()));
        members.put(TYPE, text(event.type()));
        members.put(STATUS, text(event.status()));
        event.reason().ifPresent(reason -> members.put(REASON, text(reason)));
        return AttributeValue.fromM(members);
    }

    private static List<ResourceEvent> events(Map<String, AttributeValue> item) {
        return Optional.ofNullable(item.get(EVENTS)).map(AttributeValue::l).orElse(List.of()).stream()
                .map(AttributeValue::m)
                .map(members -> new ResourceEvent(Values.time(members, AT), members.get(RESOURCE).s(),
                        members.get(TYPE).s(), members.get(STATUS).s(), text(members, REASON)))
                .toList();
    }

    private static Map<String, String> readOutputs(Map<String, AttributeValue> item) {
        Map<String, String> outputs = new LinkedHashMap<>();
        Optional.ofNullable(item.get(OUTPUTS)).map(AttributeValue::m).orElse(Map.of())
                .forEach((key, value) -> outputs.put(key, value.s()));
        return outputs;
    }
}
