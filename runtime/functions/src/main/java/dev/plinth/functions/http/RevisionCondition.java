package dev.plinth.functions.http;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
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

    /** Fails with STALE unless the client agrees to a change of this state. */
    public void require(String revision) {
        if (!admits(revision)) {
            throw new Failure(Kind.STALE, "It has changed since the state that If-Match names. Read it again.");
        }
    }
}
