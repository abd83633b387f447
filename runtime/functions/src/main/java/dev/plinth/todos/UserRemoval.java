package dev.plinth.todos;

import dev.plinth.functions.event.Message;
import dev.plinth.functions.event.MessageHandler;
import dev.plinth.outbox.ReceivedEvent;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Handles the event that a user is gone, by removing what they leave in the todos table. */
@Singleton
@Requires(env = "todos-worker")
class UserRemoval implements MessageHandler {

    private final Partitions partitions;

    UserRemoval(Partitions partitions) {
        this.partitions = partitions;
    }

    /** Refuses any other event: one that is lost in this queue must be seen in the dead-letter queue. */
    @Override
    public void handle(Message message) {
        partitions.remove(ReceivedEvent.removedUser(message));
    }
}
