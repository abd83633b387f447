package dev.plinth.outbox;

import java.util.Locale;
import java.util.Set;

/** What can happen to a user that other services are told of. */
public enum EventType {
    /** The user wants to prove that the e-mail address is theirs. */
    VERIFICATION_CODE_REQUESTED(QueueName.IDENTITY_EVENTS),

    /** The user wants to choose another password without the old one. */
    PASSWORD_RESET_REQUESTED(QueueName.IDENTITY_EVENTS),

    /** The user is gone, and what is left of theirs shall go too. */
    USER_REMOVED(QueueName.IDENTITY_EVENTS, QueueName.TODOS_EVENTS, QueueName.STUDIO_EVENTS);

    private final Set<QueueName> queues;

    EventType(QueueName... queues) {
        this.queues = Set.of(queues);
    }

    /** Returns the type as a message has it, for example {@code user-removed}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the queues that get such an event. */
    Set<QueueName> queues() {
        return queues;
    }
}
