package dev.plinth.functions.http;

import java.util.Optional;
import java.util.Set;

/**
 * What a client demands of the state that it changes.
 *
 * @param revisions the states it agrees to; empty when any will do
 */
public record RevisionCondition(Optional<Set<String>> revisions) {
    public static final RevisionCondition ANY = new RevisionCondition(Optional.empty());

    /** Tells whether the client agrees to a change of this state. */
    public boolean admits(String revision) {
        return revisions.map(admitted -> admitted.contains(revision)).orElse(true);
    }
}
