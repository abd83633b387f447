package dev.plinth.local.door;

import dev.plinth.local.door.Callers.Caller;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.iam.Denied;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.iam.Role;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.network.Network;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Judges calls by the policies of the caller's role and of the resource, and by the network. Thread-safe. */
final class Admission {
    private final Journal journal;
    private final Consumer<String> denials;
    private volatile Network network = new Network();

    /** @param denials takes the explanation of each denial, several lines long */
    Admission(Journal journal, Consumer<String> denials) {
        this.journal = journal;
        this.denials = denials;
    }

    /**
     * What somebody wants to do.
     *
     * @param service  the service's name in signatures
     * @param name     of the call, for example {@code s3:GetObject}
     * @param needed   every permission that it needs; empty when the call is not known, and so denied
     * @param mappedBy where calls are mapped to permissions, for whoever misses one there
     * @param policies the policy of a resource by its ARN
     */
    record Attempt(String service, String name, Optional<List<AccessRequest>> needed, Class<?> mappedBy,
                   Function<String, Optional<Policy>> policies) {
    }

    void standIn(Network standing) {
        this.network = standing;
    }

    /** Returns the message of the denial, or nothing when the caller may make the call. */
    Optional<String> denial(Caller caller, Attempt attempt) {
        if (caller.role().isEmpty()) {
            return Optional.empty();
        }
        Role role = caller.role().get();
        List<AccessRequest> needed = attempt.needed().orElse(List.of());
        if (needed.isEmpty()) {
            String message = "The laptop's cloud does not know which permissions " + attempt.name()
                    + " needs, so it denies it. "
                    + "Map the operation in " + attempt.mappedBy().getSimpleName() + " (infra/local).";
            deny(role, attempt, message);
            return Optional.of(message);
        }
        for (AccessRequest access : needed) {
            if (role.decide(access, attempt.policies().apply(access.resourceArn())) instanceof Denied denied) {
                deny(role, attempt, denied.explanation());
                return Optional.of(denied.message(role.name()));
            }
        }
        Optional<String> obstacle = network.obstacle(role.name(), attempt.service(), needed);
        if (obstacle.isPresent()) {
            String message = "No way through the network to " + attempt.name() + ": " + obstacle.get()
                    + ". On AWS the call would wait until its timeout.";
            deny(role, attempt, message);
            return Optional.of(message);
        }
        needed.forEach(access -> journal.use(role.name(), access.action(), access.resourceArn()));
        return Optional.empty();
    }

    /** Tells whether the caller could do something as well, without a word of a denial. */
    boolean may(Caller caller, AccessRequest access, Function<String, Optional<Policy>> policies) {
        return caller.role().isEmpty()
                || !(caller.role().get().decide(access, policies.apply(access.resourceArn())) instanceof Denied);
    }

    private void deny(Role role, Attempt attempt, String explanation) {
        journal.add(new Journal.Denial(Instant.now(), role.name(), attempt.name(), explanation));
        denials.accept(explanation);
    }
}
