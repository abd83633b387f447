package dev.plinth.profiles;

import java.util.Set;
import java.util.UUID;

/**
 * People whose accounts have been removed. Each leaves a mark, which holds nothing personal: what they use of their
 * quotas is still counted down there, and nothing more is counted up. Every method throws
 * {@link dev.plinth.failure.Failure} UNAVAILABLE when the table does not answer in time. Thread-safe.
 */
public interface RemovedUsers {
    /** Marks a user, of whom nothing may be known, as removed. To do so twice does no harm. */
    void mark(UUID user);

    /** Tells whether a user is marked, read consistently. */
    boolean isMarked(UUID user);

    /** Returns what is left of a marked user, read consistently. */
    Remainder remainder(UUID user);

    /** Notes in a user's mark, before a project is deleted, that it will be: what dies then finds it by this. */
    void noteDeletion(UUID user, UUID project);

    /** Notes that nothing is left to do of such a deletion. */
    void forgetDeletion(UUID user, UUID project);

    /**
     * Lets the mark of a user expire. It stays while projects or teams count on it, as whoever deletes those counts
     * them down there.
     */
    void expire(UUID user);

    /**
     * What is left of a marked user.
     *
     * @param projects  how many are theirs
     * @param deletions projects whose deletion has been noted
     */
    record Remainder(long projects, Set<UUID> deletions) {
        public Remainder {
            deletions = Set.copyOf(deletions);
        }
    }
}
