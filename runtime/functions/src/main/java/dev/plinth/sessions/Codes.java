package dev.plinth.sessions;

import dev.plinth.failure.Failure;
import dev.plinth.identity.CodePurpose;
import java.time.Duration;
import java.util.UUID;

/** Codes that are mailed to a user, kept in the cache for a short time. Thread-safe. */
public interface Codes {
    Duration GIVEN_BACK = Duration.ofMinutes(5);

    /** Returns a new code of six digits, which takes the place of any earlier one for that purpose. */
    String issue(UUID userId, CodePurpose purpose);

    /**
     * Uses up a code.
     *
     * @throws Failure of kind INVALID_REQUEST when the code is wrong, expired or used up, the same for each; after five
     *                 wrong ones the right one is refused too
     */
    void redeem(UUID userId, CodePurpose purpose, String code);

    /**
     * Makes a code that was just redeemed good again for {@link #GIVEN_BACK}: what it was to be used for was refused
     * for another reason, which its owner can mend.
     */
    void giveBack(UUID userId, CodePurpose purpose, String code);
}
