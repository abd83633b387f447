package dev.plinth.local.stack;

import dev.plinth.local.template.PlannedResource;
import dev.plinth.local.template.StackTemplate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A change set that creates a stack. Guarded by its stack. */
final class ChangeSet {
    /** Whether it can be executed. */
    enum Execution { UNAVAILABLE, AVAILABLE, EXECUTE_IN_PROGRESS, EXECUTE_COMPLETE, EXECUTE_FAILED }

    private final String name;
    private final String id;
    private final Optional<String> token;
    private final String roleArn;
    private final StackTemplate template;
    private final Instant createdAt;
    private String status = "CREATE_PENDING";
    private Execution execution = Execution.UNAVAILABLE;
    private Optional<String> reason = Optional.empty();
    private Optional<String> executedWith = Optional.empty();
    private List<PlannedResource> changes = List.of();

    ChangeSet(ChangeSetRequest request, String id, StackTemplate template, Instant createdAt) {
        this.name = request.name();
        this.id = id;
        this.token = request.token();
        this.roleArn = request.roleArn();
        this.template = template;
        this.createdAt = createdAt;
    }

    boolean isCalled(String nameOrId) {
        return name.equals(nameOrId) || id.equals(nameOrId);
    }

    boolean isRepeatedBy(ChangeSetRequest request) {
        return token.isPresent() && token.equals(request.token());
    }

    void complete(List<PlannedResource> planned) {
        changes = List.copyOf(planned);
        status = "CREATE_COMPLETE";
        execution = Execution.AVAILABLE;
    }

    void fail(String why) {
        status = "FAILED";
        reason = Optional.of(why);
    }

    /** Begins the execution; false when the call repeats the one that began it. */
    boolean execute(Optional<String> requestToken) {
        if (execution != Execution.UNAVAILABLE && execution != Execution.AVAILABLE
                && requestToken.isPresent() && requestToken.equals(executedWith)) {
            return false;
        }
        if (execution != Execution.AVAILABLE) {
            throw StackFailure.wrongStatus("ChangeSet [" + id + "] cannot be executed in its current status of ["
                    + (execution == Execution.UNAVAILABLE ? status : execution) + "]");
        }
        executedWith = requestToken;
        execution = Execution.EXECUTE_IN_PROGRESS;
        return true;
    }

    void executed(boolean succeeded) {
        execution = succeeded ? Execution.EXECUTE_COMPLETE : Execution.EXECUTE_FAILED;
    }

    boolean isBeingExecuted() {
        return execution == Execution.EXECUTE_IN_PROGRESS;
    }

    String id() {
        return id;
    }

    String roleArn() {
        return roleArn;
    }

    StackTemplate template() {
        return template;
    }

    List<PlannedResource> changes() {
        return changes;
    }

    ChangeSetView view(String stackName, String stackId) {
        return new ChangeSetView(name, id, stackName, stackId, status, execution.name(), reason, createdAt, changes);
    }
}
