package dev.plinth.deployments;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A deployment.
 *
 * @param generationId the code generation whose template it deploys
 * @param startedAt    when a worker first took it on
 * @param endedAt      when it last ended; empty while somebody is to work on it
 * @param reason       why it failed
 * @param stack        its stack, once that is known
 * @param outputs      the stack's, once it is there
 * @param failure      why it is being taken back; empty unless its creation failed
 * @param deletion     what is wanted of it since somebody wants it to be deleted
 * @param sentAt       when CloudFormation was last told to delete the stack
 * @param gone         whether nothing is left of the stack, as far as is known
 */
record Deployment(UUID id, UUID projectId, UUID generationId, UUID requestedBy, DeploymentStatus status,
        Instant createdAt, Optional<Instant> startedAt, Optional<Instant> endedAt, Optional<String> reason,
        Optional<StackName> stack, Progress progress, Map<String, String> outputs, Optional<CreationFailure> failure,
        Optional<Deletion> deletion, Optional<Instant> sentAt, boolean gone) {
    Deployment {
        outputs = Map.copyOf(outputs);
    }

    /** What a stack is called. */
    record StackName(String name, String id) {
    }

    /** Why, and since when, the stack is being taken back. */
    record CreationFailure(String reason, Instant at) {
    }

    /**
     * That somebody wants it to be deleted.
     *
     * @param number how often somebody wanted that, this time included
     */
    record Deletion(Instant at, int number) {
    }

    boolean isLive() {
        return endedAt.isEmpty();
    }
}
