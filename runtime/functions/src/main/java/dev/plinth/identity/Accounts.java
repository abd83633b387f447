package dev.plinth.identity;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import java.util.Optional;
import java.util.UUID;

/** The users, as the sessions see them. E-mail addresses are compared without regard to case. Thread-safe. */
public interface Accounts {
    /**
     * Returns the account that the address and the password open.
     *
     * @throws Failure of kind UNAUTHENTICATED, the same in words and in time for an unknown address and for a wrong
     *                 password; {@link Kind#FORBIDDEN} when both are right and the address is not verified yet
     */
    Account authenticate(String email, String password);

    /** Returns the account of an id; empty when there is none (any more). */
    Optional<Account> find(UUID id);

    /** Returns the account of an address; empty when there is none. */
    Optional<Account> findByEmail(String email);

    /** Has a code sent to the user's address, by an event in the outbox. */
    void requestCode(UUID id, CodePurpose purpose);

    /** Notes that the user has proved that the address is theirs. The operator's address makes an operator. */
    void markVerified(UUID id);

    /** Replaces the password, and notes that the user has proved that the address is theirs. */
    void resetPassword(UUID id, String password);
}
