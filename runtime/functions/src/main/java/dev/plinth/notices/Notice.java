package dev.plinth.notices;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that has ended, and that people may want to be told of.
 *
 * @param id      of the notice: the same each time that it is published, so that a receiver can tell a repetition
 * @param event   what it was
 * @param subject the id of the generation or deployment
 * @param detail  a sentence for people, for example why it failed; empty when there is nothing to add
 */
public record Notice(String id, Event event, UUID projectId, UUID subject, Outcome outcome, Optional<String> detail,
        Instant at) {
    /** What can end. */
    public enum Event {
        GENERATION_ENDED("generation.ended"),
        DEPLOYMENT_ENDED("deployment.ended"),
        DEPLOYMENT_DELETED("deployment.deleted");

        private final String type;

        Event(String type) {
            this.type = type;
        }

        /** Returns the event's name in messages and filter policies, for example {@code generation.ended}. */
        public String type() {
            return type;
        }
    }

    /** How it ended. */
    public enum Outcome { SUCCEEDED, FAILED }
}
