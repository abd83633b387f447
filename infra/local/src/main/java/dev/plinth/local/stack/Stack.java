package dev.plinth.local.stack;

import dev.plinth.local.template.DeployedStack;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** One stack: what is known of it, and its work, one piece after the other. Thread-safe. */
final class Stack {
    static final String TYPE = "AWS::CloudFormation::Stack";

    private final String name;
    private final String id;
    private final String roleArn;
    private final Optional<String> description;
    private final Clock clock;
    private final Instant createdAt;
    private final List<ChangeSet> changeSets = new ArrayList<>();
    private final List<StackEvent> events = new ArrayList<>();
    /** The last event of each resource. */
    private final Map<String, StackEvent> latest = new LinkedHashMap<>();
    private final Deque<MadeResource> made = new ArrayDeque<>();
    private StackStatus status;
    private Optional<String> reason = Optional.empty();
    private Optional<Instant> deletedAt = Optional.empty();
    private List<DeployedStack.Output> outputs = List.of();
    private int planned;
    private CompletableFuture<Void> work = CompletableFuture.completedFuture(null);

    Stack(String name, String id, String roleArn, Optional<String> description, Clock clock) {
        this.name = name;
        this.id = id;
        this.roleArn = roleArn;
        this.description = description;
        this.clock = clock;
        this.createdAt = clock.instant();
        is(StackStatus.REVIEW_IN_PROGRESS, Optional.of("User Initiated"));
    }

    String name() {
        return name;
    }

    String id() {
        return id;
    }

    String roleArn() {
        return roleArn;
    }

    synchronized StackStatus status() {
        return status;
    }

    /** Sets the state, and records it as an event. */
    synchronized void is(StackStatus next, Optional<String> why) {
        status = next;
        reason = why;
        if (next == StackStatus.DELETE_IN_PROGRESS) {
            deletedAt = Optional.of(clock.instant());
        }
        events.add(event(name, id, TYPE, next.name(), why));
    }

    /** Sets the state unless somebody has begun to delete the stack. Returns whether it did. */
    synchronized boolean becomes(StackStatus next, Optional<String> why) {
        if (status == StackStatus.DELETE_IN_PROGRESS) {
            return false;
        }
        is(next, why);
        return true;
    }

    synchronized void resourceIs(String logicalId, String type, String physicalId, String state, Optional<String> why) {
        StackEvent event = event(logicalId, physicalId, type, state, why);
        events.add(event);
        latest.put(logicalId, event);
    }

    private StackEvent event(String logicalId, String physicalId, String type, String state, Optional<String> why) {
        return new StackEvent(UUID.randomUUID().toString(), clock.instant(), logicalId, physicalId, type, state, why);
    }

    /** Has work done after what is under way. */
    synchronized void then(Runnable next, Executor executor) {
        work = work.thenRunAsync(next, executor);
    }

    synchronized void made(MadeResource resource) {
        made.push(resource);
    }

    /** Returns the resources that exist, the youngest first. */
    synchronized List<MadeResource> made() {
        return List.copyOf(made);
    }

    synchronized void gone(MadeResource resource) {
        made.remove(resource);
    }

    synchronized void plans(int resources) {
        planned = resources;
    }

    synchronized void gives(List<DeployedStack.Output> values) {
        outputs = List.copyOf(values);
    }

    synchronized void add(ChangeSet changeSet) {
        changeSets.add(changeSet);
    }

    synchronized Optional<ChangeSet> changeSet(String nameOrId) {
        return changeSets.stream().filter(each -> each.isCalled(nameOrId)).findFirst();
    }

    synchronized void remove(ChangeSet changeSet) {
        changeSets.remove(changeSet);
    }

    synchronized List<StackEvent> eventsNewestFirst() {
        List<StackEvent> newest = new ArrayList<>(events);
        Collections.reverse(newest);
        return newest;
    }

    synchronized StackView view() {
        return new StackView(name, id, description, roleArn, status, reason, createdAt, deletedAt, outputs,
                List.copyOf(latest.values()), planned);
    }
}
