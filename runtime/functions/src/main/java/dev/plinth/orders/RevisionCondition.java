package dev.plinth.orders;

import java.util.Optional;
import java.util.Set;

/**
 * What a client demands of the state that it changes.
 *
 * @param revisions the states it agrees to; empty when any will do
 */
record RevisionCondition(Optional<Set<String>> revisions) {

    static final RevisionCondition ANY = new RevisionCondition(Optional.empty());

    boolean admits(Order order) {
        return revisions.map(admitted -> admitted.contains(order.revision())).orElse(true);
    }
}
