package dev.plinth.local.stack;

import dev.plinth.local.template.PlannedResource;
import dev.plinth.local.template.Pseudo;
import dev.plinth.local.template.StackTemplate;
import dev.plinth.local.template.TemplateException;
import java.io.Closeable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * The stacks that programs have deployed. The calls answer at once and the work is done beside them, as CloudFormation
 * does; each can be repeated. Thread-safe.
 *
 * <p>A name or an id that no stack has is a {@link StackFailure}. The name of a deleted stack is nobody's; its id is
 * known as long as the cloud runs.
 */
public final class Stacks implements Closeable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,127}");

    private final Pseudo pseudo;
    private final Map<String, ResourceKind> kinds;
    private final Authority authority;
    private final Clock clock;
    private final StackWork work;
    private final List<Stack> all = new ArrayList<>();
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "stack");
        thread.setDaemon(true);
        return thread;
    });

    /** @param kinds what creates and deletes the resources of a type, by type; no other type can be deployed */
    public Stacks(Pseudo pseudo, Map<String, ResourceKind> kinds, Authority authority, Clock clock) {
        this.pseudo = pseudo;
        this.kinds = Map.copyOf(kinds);
        this.authority = authority;
        this.clock = clock;
        this.work = new StackWork(pseudo, this.kinds, authority);
    }

    /** Makes a change set that creates a stack, and the stack when nothing has its name. */
    public synchronized ChangeSetView createChangeSet(ChangeSetRequest request) {
        requireName(request.stackName(), "stackName");
        requireName(request.name(), "changeSetName");
        Optional<Stack> existing = findLive(request.stackName());
        Optional<ChangeSet> same = existing.flatMap(stack -> stack.changeSet(request.name()));
        if (same.isPresent()) {
            if (same.get().isRepeatedBy(request)) {
                return view(existing.get(), same.get());
            }
            throw StackFailure.alreadyExists("ChangeSet " + request.name() + " exists already, made by a call with "
                    + "another ClientToken.");
        }
        if (existing.isPresent() && existing.get().status() != StackStatus.REVIEW_IN_PROGRESS) {
            throw StackFailure.invalid("Stack [" + request.stackName() + "] already exists and cannot be created again "
                    + "with the changeSet [" + request.name() + "].");
        }
        StackTemplate template = template(request);
        if (!authority.isAssumable(request.roleArn())) {
            throw StackFailure.invalid("Role " + request.roleArn() + " is invalid or cannot be assumed");
        }
        Stack stack = existing.orElseGet(() -> add(request, template));
        ChangeSet changeSet = new ChangeSet(request, arn("changeSet/" + request.name()), template, clock.instant());
        stack.add(changeSet);
        stack.then(() -> complete(stack, changeSet), executor);
        return view(stack, changeSet);
    }

    private static void requireName(String name, String field) {
        if (!NAME.matcher(name).matches()) {
            throw StackFailure.invalid("1 validation error detected: Value '" + name + "' at '" + field
                    + "' failed to satisfy constraint: Member must satisfy regular expression pattern: " + NAME);
        }
    }

    private static StackTemplate template(ChangeSetRequest request) {
        StackTemplate template;
        try {
            template = StackTemplate.read(request.stackName(), request.template());
        } catch (TemplateException e) {
            throw StackFailure.invalid("Template format error: " + e.getMessage());
        }
        if (template.types().isEmpty()) {
            throw StackFailure.invalid("Template format error: At least one Resources member must be defined.");
        }
        List<String> refused = template.types().stream().filter(type -> !request.mayHave(type)).toList();
        if (!refused.isEmpty()) {
            throw StackFailure.invalid("Resource type " + refused.get(0) + " is not allowed by parameter ResourceTypes "
                    + request.resourceTypes());
        }
        return template;
    }

    private Stack add(ChangeSetRequest request, StackTemplate template) {
        Stack stack = new Stack(request.stackName(), arn("stack/" + request.stackName()), request.roleArn(),
                template.description(), clock);
        all.add(stack);
        return stack;
    }

    private String arn(String resource) {
        return String.join(":", "arn", pseudo.partition(), "cloudformation", pseudo.region(), pseudo.accountId(),
                resource + "/" + UUID.randomUUID());
    }

    /** Works out what the change set would do, as far as that is known before anything exists. */
    private void complete(Stack stack, ChangeSet changeSet) {
        try {
            List<PlannedResource> planned = changeSet.template().plan(pseudo, stack.id());
            for (PlannedResource resource : planned) {
                if (!kinds.containsKey(resource.type())) {
                    throw resource.refuse("a resource of type " + resource.type(),
                            "for stacks that programs deploy, " + String.join(", ", new TreeSet<>(kinds.keySet())));
                }
            }
            synchronized (this) {
                changeSet.complete(planned);
            }
        } catch (TemplateException e) {
            synchronized (this) {
                changeSet.fail(e.getMessage());
            }
        }
    }

    /** @param stackName may be empty when the change set is given by its id */
    public synchronized ChangeSetView describeChangeSet(String changeSetName, String stackName) {
        Stack stack = stackOf(changeSetName, stackName);
        return view(stack, changeSet(stack, changeSetName));
    }

    /** Begins to create what the change set says. */
    public synchronized void executeChangeSet(String changeSetName, String stackName, Optional<String> token) {
        Stack stack = stackOf(changeSetName, stackName);
        ChangeSet changeSet = changeSet(stack, changeSetName);
        if (!changeSet.execute(token)) {
            return;
        }
        stack.plans(changeSet.changes().size());
        stack.is(StackStatus.CREATE_IN_PROGRESS, Optional.of("User Initiated"));
        stack.then(() -> {
            boolean succeeded = work.create(stack, changeSet.template());
            synchronized (this) {
                changeSet.executed(succeeded);
            }
        }, executor);
    }

    public synchronized void deleteChangeSet(String changeSetName, String stackName) {
        Stack stack = stackOf(changeSetName, stackName);
        // As on AWS, one that is not there is deleted.
        stack.changeSet(changeSetName).ifPresent(changeSet -> {
            if (changeSet.isBeingExecuted()) {
                throw StackFailure.wrongStatus("ChangeSet [" + changeSet.id() + "] is being executed.");
            }
            stack.remove(changeSet);
        });
    }

    /**
     * Begins to delete a stack; what creates it is stopped before its next resource. A stack that does not exist is
     * deleted.
     *
     * @param roleArn in whose name it is deleted; empty for that of the stack
     */
    public synchronized void deleteStack(String nameOrId, Optional<String> roleArn) {
        Optional<Stack> found = find(nameOrId);
        if (found.isEmpty() || found.get().status() == StackStatus.DELETE_COMPLETE
                || found.get().status() == StackStatus.DELETE_IN_PROGRESS) {
            return;
        }
        Stack stack = found.get();
        String role = roleArn.orElse(stack.roleArn());
        if (!authority.isAssumable(role)) {
            throw StackFailure.invalid("Role " + role + " is invalid or cannot be assumed");
        }
        stack.is(StackStatus.DELETE_IN_PROGRESS, Optional.of("User Initiated"));
        stack.then(() -> work.delete(stack, role), executor);
    }

    /** Returns a stack: by its name while it exists, by its id also afterwards. */
    public synchronized StackView describe(String nameOrId) {
        return stack(nameOrId).view();
    }

    /** Returns the stacks that exist, in the order in which they were made. */
    public synchronized List<StackView> existing() {
        return all.stream().map(Stack::view).filter(stack -> stack.status() != StackStatus.DELETE_COMPLETE).toList();
    }

    /** Returns all stacks of this run, in the order in which they were made. */
    public synchronized List<StackView> all() {
        return all.stream().map(Stack::view).toList();
    }

    /** Returns the events of a stack, newest first. */
    public synchronized List<StackEvent> events(String nameOrId) {
        return stack(nameOrId).eventsNewestFirst();
    }

    /** Tells whether a stack of that name or id was made here. */
    public synchronized boolean has(String nameOrId) {
        return find(nameOrId).isPresent();
    }

    private Stack stackOf(String changeSetName, String stackName) {
        if (!stackName.isEmpty()) {
            return stack(stackName);
        }
        return all.stream().filter(stack -> stack.changeSet(changeSetName).isPresent()).findFirst()
                .orElseThrow(() -> StackFailure.noChangeSet(changeSetName));
    }

    private static ChangeSet changeSet(Stack stack, String nameOrId) {
        return stack.changeSet(nameOrId).orElseThrow(() -> StackFailure.noChangeSet(nameOrId));
    }

    private Stack stack(String nameOrId) {
        return find(nameOrId).orElseThrow(() -> StackFailure.noStack(nameOrId));
    }

    private Optional<Stack> find(String nameOrId) {
        return nameOrId.startsWith("arn:")
                ? all.stream().filter(stack -> stack.id().equals(nameOrId)).findFirst()
                : findLive(nameOrId);
    }

    private Optional<Stack> findLive(String name) {
        return all.stream().filter(stack -> stack.name().equals(name))
                .filter(stack -> stack.status() != StackStatus.DELETE_COMPLETE).findFirst();
    }

    private static ChangeSetView view(Stack stack, ChangeSet changeSet) {
        return changeSet.view(stack.name(), stack.id());
    }

    /** Takes no more work. What is under way ends with the engines. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
