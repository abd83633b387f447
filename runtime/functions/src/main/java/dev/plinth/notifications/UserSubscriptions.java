package dev.plinth.notifications;

import java.util.UUID;

/** What is to be done with subscriptions when a user is gone. */
public interface UserSubscriptions {
    /**
     * Ends all that a user has subscribed, at SNS too, and lets nothing be added. It can be repeated, and finds out by
     * itself what is left to do.
     *
     * @throws dev.plinth.failure.Failure UNAVAILABLE when the table or SNS does not answer, or when time is short; the
     *         next call goes on
     */
    void endAll(UUID user);
}
