package dev.plinth.identity;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.plinth.contract.Role;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation;
import dev.plinth.failure.Violation.Place;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.RevisionCondition;
import dev.plinth.outbox.OutboxRelay;
import dev.plinth.sessions.SessionEnding;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a caller can do with users: with themselves nearly everything, and as an operator read and remove others and
 * give them roles. For everybody else, others do not exist. Thread-safe.
 */
@Singleton
class UserService {
    private static final Logger LOG = LoggerFactory.getLogger(UserService.class);

    private final Users users;
    private final PasswordHashes hashes;
    private final SessionEnding sessions;
    private final OutboxRelay outbox;
    private final Clock clock;

    UserService(Users users, PasswordHashes hashes, SessionEnding sessions, OutboxRelay outbox, Clock clock) {
        this.users = users;
        this.hashes = hashes;
        this.sessions = sessions;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Creates a user, to whose address a code is sent.
     *
     * @throws Failure INVALID_REQUEST when the address is none or the password too easy, CONFLICT when somebody has the
     *                 address
     */
    User create(String name, String email, String password) {
        EmailAddress address = checked(name, email, password);
        Instant now = now();
        User user = new User(UuidCreator.getTimeOrderedEpoch(), name, address, hashes.hash(password), Role.CUSTOMER,
                Optional.empty(), now, now, UUID.randomUUID());
        if (!users.add(user)) {
            throw new Failure(Kind.CONFLICT, "Somebody has this e-mail address already.");
        }
        outbox.sendSoon();
        return user;
    }

    private static EmailAddress checked(String name, String email, String password) {
        List<Violation> violations = new ArrayList<>();
        Optional<EmailAddress> address = EmailAddress.of(email);
        if (address.isEmpty()) {
            violations.add(new Violation(Place.BODY, "/email", EmailAddress.RULE));
        }
        PasswordRules.broken(password, name, email)
                .ifPresent(rule -> violations.add(new Violation(Place.BODY, "/password", rule)));
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        return address.orElseThrow();
    }

    /** Throws NOT_FOUND for a user whom the caller may not see, in the words for one who does not exist. */
    User find(Caller caller, UUID id) {
        requireSelfOrOperator(caller, id);
        return users.find(id).orElseThrow(() -> unknown(id));
    }

    /**
     * Changes the caller's own name or password. Another password ends their other sessions.
     *
     * @param change derives what the user shall be from what they are
     * @throws Failure NOT_FOUND; STALE when the user does not meet the condition; FORBIDDEN when the user is somebody
     *                 else, or the current password is wrong; INVALID_REQUEST when a rule is broken
     */
    User change(Caller caller, UUID id, RevisionCondition condition, Function<User, UserChange> change) {
        requireSelfOrOperator(caller, id);
        if (!caller.is(id)) {
            throw new Failure(Kind.FORBIDDEN, "Only the user may change this.");
        }
        return users.change(id, current -> {
            admit(condition, current);
            UserChange wanted = change.apply(current);
            User changed = current.named(wanted.name());
            if (wanted.password().isPresent()) {
                changed = changed.withPasswordHash(
                        newHash(current, wanted.name(), wanted.password().get()));
                // Before the commit: if the sessions cannot be ended, the password does not change either.
                sessions.endOthers(id, caller.sessionId());
            }
            return changed.equals(current) ? current : changed.stamped(now());
        }).orElseThrow(() -> unknown(id));
    }

    private String newHash(User current, String name, UserChange.Password password) {
        PasswordRules.broken(password.wanted(), name, current.email().text()).ifPresent(rule -> {
            throw Failure.invalid(Place.BODY, "/password", rule);
        });
        if (!hashes.matches(password.current(), current.passwordHash())) {
            throw new Failure(Kind.FORBIDDEN, "The current password is wrong.");
        }
        return hashes.hash(password.wanted());
    }

    /**
     * Removes a user for good: the sessions end at once, and what other services keep of them goes soon.
     *
     * @throws Failure NOT_FOUND, or STALE when the user does not meet the condition
     */
    void remove(Caller caller, UUID id, RevisionCondition condition) {
        requireSelfOrOperator(caller, id);
        if (!users.remove(id, current -> admit(condition, current))) {
            throw unknown(id);
        }
        try {
            sessions.endAll(id);
        } catch (Failure unavailable) {
            // The user is gone, and the event has the worker end the sessions as soon as it can.
            LOG.atWarn().setCause(unavailable).log("sessions left to the worker");
        }
        outbox.sendSoon();
    }

    /**
     * Gives a user a role. Access tokens hold the role, so one that changes ends the user's sessions.
     *
     * @throws Failure NOT_FOUND; STALE; CONFLICT when operators would take the role from themselves
     */
    User giveRole(Caller caller, UUID id, RevisionCondition condition, Role role) {
        return users.change(id, current -> {
            admit(condition, current);
            if (current.role() == role) {
                return current;
            }
            if (caller.is(id)) {
                throw new Failure(Kind.CONFLICT, "Operators cannot take the role from themselves; another one can.");
            }
            sessions.endAll(id);
            return current.inRole(role).stamped(now());
        }).orElseThrow(() -> unknown(id));
    }

    private static void requireSelfOrOperator(Caller caller, UUID id) {
        if (caller.role() != Role.OPERATOR) {
            caller.requireSelf(id);
        }
    }

    private static void admit(RevisionCondition condition, User user) {
        if (!condition.admits(user.revision().toString())) {
            throw new Failure(Kind.STALE, "The user has changed since the state that If-Match names. Read it again.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Failure unknown(UUID id) {
        return new Failure(Kind.NOT_FOUND, "There is no user " + id + " whom you may see.");
    }
}
