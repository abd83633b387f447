package dev.plinth.removals;

import dev.plinth.functions.checkpoint.Priming;
import dev.plinth.functions.event.Message;
import dev.plinth.functions.event.MessageHandler;
import dev.plinth.notifications.UserSubscriptions;
import dev.plinth.outbox.ReceivedEvent;
import dev.plinth.profiles.RemovedUsers;
import dev.plinth.teams.UserTeams;
import dev.plinth.workspace.UserProjects;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;

/** Handles the event that a user is gone, by removing what they leave in the studio. */
@Singleton
class StudioRemoval implements MessageHandler, Priming {
    private final RemovedUsers users;
    private final UserSubscriptions subscriptions;
    private final UserProjects projects;
    private final UserTeams teams;

    StudioRemoval(RemovedUsers users, UserSubscriptions subscriptions, UserProjects projects, UserTeams teams) {
        this.users = users;
        this.subscriptions = subscriptions;
        this.projects = projects;
        this.teams = teams;
    }

    /** Refuses any other event: one that is lost in this queue must be seen in the dead-letter queue. */
    @Override
    public void handle(Message message) {
        UUID user = ReceivedEvent.removedUser(message);
        users.mark(user);
        subscriptions.endAll(user);
        Map<UUID, Long> shared;
        do {
            // Until nothing is found: an index lags, and whoever is in a team may leave it meanwhile.
            shared = projects.removeUnreachable(user);
        } while (teams.leave(user, shared));
        users.expire(user);
    }

    /** Reads the mark of nobody: of all the steps, the one that changes nothing. */
    @Override
    public void prime() {
        users.isMarked(new UUID(0, 0));
    }
}
