package dev.plinth.workspace;

import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.Cancellation;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What the transactions of other features say to a project, so that nothing is added to one whose deletion has begun.
 * A transaction holds one of these at most, as it may write an item once.
 */
public interface ProjectWrites {
    /** Returns a check that fails its transaction when the project is gone. */
    TransactWriteItem stillThere(UUID project);

    /**
     * Returns the write that ties a deployment to its project, for the transaction that creates the deployment: a
     * project is not deleted while {@link Deployments} calls one of its deployments live. It fails the transaction when
     * the project is gone, or has as many deployments as it may have.
     */
    TransactWriteItem deploymentStarted(UUID project, UUID deployment);

    /**
     * Returns the write that counts one more of what a project may have so many of. It fails the transaction when the
     * project is gone, or has as many as it may have.
     */
    TransactWriteItem use(UUID project, ProjectQuota quota);

    /** Returns the write that counts one less. It fails the transaction when the project is gone. */
    TransactWriteItem free(UUID project, ProjectQuota quota);

    /** Returns the failure to throw for a transaction that {@link #use} refused; empty when another write did. */
    Optional<Failure> refusal(Cancellation cancellation, int action, ProjectQuota quota);

    /**
     * Returns the failure to throw for a transaction that {@link #stillThere}, {@link #free} or
     * {@link #deploymentStarted} refused; empty when another write did.
     *
     * @param action where the write stood in the transaction, from 0
     */
    Optional<Failure> refusal(Cancellation cancellation, int action);
}
