package dev.plinth.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who takes part, and what they have made that is not removed yet.
 *
 * @param guest whether the operator's account is somebody's own, which the demo uses and leaves
 */
record Cast(Person ada, Person bob, Person operator, boolean guest, Deque<String> orders, Deque<String> projects,
        Deque<String> deployments, Deque<String> subscriptions) {
    Cast(Inbox inbox, String run, Person operator, boolean guest) {
        this(new Person("Ada Lovelace", inbox.address("ada-" + run)),
                new Person("Bob Σίγμα", inbox.address("bob-" + run)),
                operator, guest, new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());
    }

    /** Returns those whose accounts are the demo's own, in the order in which they can be removed. */
    List<Person> own() {
        return guest ? List.of(ada, bob) : Stream.of(ada, bob, operator).toList();
    }
}
