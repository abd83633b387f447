package dev.plinth.webhooks;

import dev.plinth.notices.Notice.Event;
import dev.plinth.notices.Notice.Outcome;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Which notices somebody wants to be told of: those that match in each of the three.
 *
 * @param projects at least one
 * @param events   at least one
 * @param outcomes at least one
 */
public record Interest(Set<UUID> projects, Set<Event> events, Set<Outcome> outcomes) {
    public Interest {
        if (projects.isEmpty() || events.isEmpty() || outcomes.isEmpty()) {
            throw new IllegalArgumentException("An interest in nothing is none.");
        }
        projects = Set.copyOf(projects);
        events = Set.copyOf(events);
        outcomes = Set.copyOf(outcomes);
    }

    /** Makes an interest; no events or outcomes at all stand for every one. */
    public static Interest in(Collection<UUID> projects, Collection<Event> events, Collection<Outcome> outcomes) {
        return new Interest(Set.copyOf(projects),
                events.isEmpty() ? EnumSet.allOf(Event.class) : EnumSet.copyOf(events),
                outcomes.isEmpty() ? EnumSet.allOf(Outcome.class) : EnumSet.copyOf(outcomes));
    }

    boolean includes(Event event, Outcome outcome) {
        return events.contains(event) && outcomes.contains(outcome);
    }
}
