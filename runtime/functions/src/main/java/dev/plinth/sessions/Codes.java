package dev.plinth.sessions;

import dev.plinth.failure.Failure;
import dev.plinth.identity.CodePurpose;
import java.util.UUID;

/** Codes that are mailed to a user, kept in the cache for a short time. Thread-safe. */
public interface Codes {
    /** Returns a new code of six digits, which takes the place of any earlier one for that purpose. */
    String issue(UUID userId, CodePurpose purpose);

    /**
     * Uses up a code.
     *
     * @throws Failure of kind INVALID_REQUEST when the code is wrong, expired or used up, the same for each; after five
     *                 wrong ones the right one is refused too
     */
    void redeem(UUID userId, CodePurpose purpose, String code);
}
