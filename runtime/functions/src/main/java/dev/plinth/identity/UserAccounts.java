package dev.plinth.identity;

import dev.plinth.contract.Role;
import dev.plinth.contract.Setting;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation.Place;
import dev.plinth.outbox.EventType;
import dev.plinth.outbox.OutboxRelay;
import dev.plinth.sessions.SessionEnding;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** The users as the sessions see them. */
@Singleton
class UserAccounts implements Accounts {
    private final Users users;
    private final PasswordHashes hashes;
    private final SessionEnding sessions;
    private final OutboxRelay outbox;
    private final Clock clock;
    private final Optional<String> operatorKey;

    UserAccounts(Users users, PasswordHashes hashes, SessionEnding sessions, OutboxRelay outbox, Clock clock,
            Environment environment) {
        this.users = users;
        this.hashes = hashes;
        this.sessions = sessions;
        this.outbox = outbox;
        this.clock = clock;
        this.operatorKey = EmailAddress
                .of(environment.getRequiredProperty(Setting.OPERATOR_EMAIL.property(), String.class))
                .map(EmailAddress::key);
    }

    @Override
    public Account authenticate(String email, String password) {
        Optional<User> found = EmailAddress.of(email).flatMap(users::find);
        // One hash is computed whether there is such a user or not, so time does not tell.
        boolean right = hashes.matches(password, found.map(User::passwordHash).orElse(hashes.ofNobody()));
        User user = found.filter(anybody -> right).orElseThrow(() ->
                new Failure(Kind.UNAUTHENTICATED, "The e-mail address or the password is wrong."));
        if (!user.verified()) {
            throw new Failure(Kind.FORBIDDEN, "The e-mail address is not verified yet. Use the code that was mailed to"
                    + " it, or ask for another one.");
        }
        if (hashes.isOutdated(user.passwordHash())) {
            renewHash(user, password);
        }
        return user.account();
    }

    /** Nothing that a caller sees changes, so the revision stays. */
    private void renewHash(User user, String password) {
        users.change(user.id(), current -> current.passwordHash().equals(user.passwordHash())
                ? current.withPasswordHash(hashes.hash(password))
                : current);
    }

    @Override
    public Optional<Account> find(UUID id) {
        return users.find(id).map(User::account);
    }

    @Override
    public Optional<Account> findByEmail(String email) {
        return EmailAddress.of(email).flatMap(users::find).map(User::account);
    }

    @Override
    public void requestCode(UUID id, CodePurpose purpose) {
        users.tell(switch (purpose) {
            case VERIFY_EMAIL -> EventType.VERIFICATION_CODE_REQUESTED;
            case RESET_PASSWORD -> EventType.PASSWORD_RESET_REQUESTED;
        }, id);
        outbox.sendSoon();
    }

    /** Does nothing for a user who has proved it before. */
    @Override
    public void markVerified(UUID id) {
        users.change(id, current -> current.verified() ? current : proved(current).stamped(now()))
                .orElseThrow(() -> gone(id));
    }

    /** Ends all sessions of the user. */
    @Override
    public void resetPassword(UUID id, String password) {
        users.change(id, current -> {
            PasswordRules.broken(password, current.name(), current.email().text()).ifPresent(rule -> {
                throw Failure.invalid(Place.BODY, "/password", rule);
            });
            User changed = proved(current).withPasswordHash(hashes.hash(password)).stamped(now());
            // Before the commit: if the sessions cannot be ended, the password does not change either.
            sessions.endAll(id);
            return changed;
        }).orElseThrow(() -> gone(id));
    }

    /** The first proof makes the operator; later ones do not give back a role that was taken since. */
    private User proved(User user) {
        boolean operator = !user.verified() && operatorKey.filter(user.email().key()::equals).isPresent();
        return (operator ? user.inRole(Role.OPERATOR) : user).verified(now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Failure gone(UUID id) {
        return new Failure(Kind.NOT_FOUND, "There is no user " + id + ".");
    }
}
