package dev.plinth.notifications;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import dev.plinth.failure.Violation.Place;
import dev.plinth.notices.Notice.Event;
import dev.plinth.notices.Notice.Outcome;
import dev.plinth.webhooks.Interest;
import io.micronaut.core.annotation.Nullable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads what somebody wants to be told of from the fields of a body; what is left out stands for all. */
final class InterestReading {
    private static final String NAMES =
            Arrays.stream(Event.values()).map(Event::type).collect(Collectors.joining(", "));

    private InterestReading() {
    }

    /** Returns the interest, and throws {@link Failure} INVALID_REQUEST for an event that there is not. */
    static Interest of(Collection<UUID> projects, @Nullable List<String> events, @Nullable List<Outcome> outcomes) {
        return Interest.in(projects, events(events == null ? List.of() : events),
                outcomes == null ? List.of() : outcomes);
    }

    private static Set<Event> events(List<String> names) {
        Set<Event> events = EnumSet.noneOf(Event.class);
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Optional<Event> event = event(names.get(i));
            if (event.isEmpty()) {
                violations.add(new Violation(Place.BODY, "/events/" + i, "must be one of " + NAMES));
            }
            event.ifPresent(events::add);
        }
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        return events;
    }

    private static Optional<Event> event(String name) {
        return Arrays.stream(Event.values()).filter(event -> event.type().equals(name)).findFirst();
    }
}
