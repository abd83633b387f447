package dev.plinth.removals;

import dev.plinth.functions.checkpoint.Priming;
import dev.plinth.functions.event.Message;
import dev.plinth.functions.event.MessageHandler;
import dev.plinth.notifications.UserSubscriptions;
import dev.plinth.outbox.ReceivedEvent;
import dev.plinth.profiles.RemovedUsers;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Handles the event that a user is gone, by removing what they leave in the studio. */
@Singleton
class StudioRemoval implements MessageHandler, Priming {
    private final RemovedUsers users;
    private final UserSubscriptions subscriptions;

    StudioRemoval(RemovedUsers users, UserSubscriptions subscriptions) {
        this.users = users;
        this.subscriptions = subscriptions;
    }

    /** Refuses any other event: one that is lost in this queue must be seen in the dead-letter queue. */
    @Override
    public void handle(Message message) {
        UUID user = ReceivedEvent.removedUser(message);
        users.mark(user);
        subscriptions.endAll(user);
        users.expire(user);
    }

    /** Reads the mark of nobody: of all the steps, the one that changes nothing. */
    @Override
    public void prime() {
        users.isMarked(new UUID(0, 0));
    }
}
