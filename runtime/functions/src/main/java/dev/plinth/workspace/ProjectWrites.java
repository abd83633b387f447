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
     * Returns the failure to throw for a transaction that one of these writes refused; empty when another one did.
     *
     * @param action where the write stood in the transaction, from 0
     */
    Optional<Failure> refusal(Cancellation cancellation, int action);
}
