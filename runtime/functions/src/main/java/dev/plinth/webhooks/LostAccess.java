package dev.plinth.webhooks;

import java.util.UUID;

/** Ends what somebody is told by others than this worker, after they have lost their access to a project. */
public interface LostAccess {
    /**
     * Sees to it that a subscription by e-mail or SMS is told of a project no more. To do so twice does no harm.
     *
     * @param owner the partition that holds the subscription
     */
    void end(String owner, UUID subscription, UUID project);
}
