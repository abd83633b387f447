package dev.plinth.sessions;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.caller.Client;
import dev.plinth.identity.Account;
import dev.plinth.identity.Accounts;
import dev.plinth.tokens.AccessToken;
import dev.plinth.tokens.AccessTokens;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be done with sessions. Thread-safe. */
@Singleton
@Requires(env = "identity")
class SessionService implements LiveSessions {
    private static final Logger LOG = LoggerFactory.getLogger(SessionService.class);

    private final Accounts accounts;
    private final Sessions sessions;
    private final Endings endings;
    private final Limits limits;
    private final AccessTokens tokens;
    private final Clock clock;

    SessionService(Accounts accounts, Sessions sessions, Endings endings, Limits limits, AccessTokens tokens,
            Clock clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.endings = endings;
        this.limits = limits;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Begins a session.
     *
     * @param device what the user calls the device
     * @throws Failure UNAUTHENTICATED, FORBIDDEN when the address is not verified, or TOO_MANY
     */
    SignedIn signIn(String email, String password, String device, Client client) {
        limits.countSignIn(email, client.sourceIp());
        Account account = accounts.authenticate(email, password);
        limits.forgetSignIns(email, client.sourceIp());
        Session session = Session.begin(account.id(), device, now());
        RefreshToken refreshToken = RefreshToken.first(session.id());
        // Before the session: one whose tokens cannot be had is of no use.
        AccessToken accessToken = tokens.issue(account.id(), session.id(), account.role());
        sessions.add(session, refreshToken).forEach(surplus -> endings.end(account.id(), surplus));
        return new SignedIn(session, accessToken, refreshToken);
    }

    /**
     * Gives a session new tokens, with the user's role as it is now. A token that was replaced before ends the session:
     * either its owner or a thief has the newer one, and nobody can tell which (RFC 9700, section 4.14.2).
     *
     * @throws Failure UNAUTHENTICATED, the same for every token that does not hold
     */
    SignedIn refresh(String text) {
        RefreshToken token = RefreshToken.parse(text).filter(sessions::isOfFamily).orElseThrow(SessionService::refused);
        Session session = sessions.find(token.sessionId()).orElseThrow(SessionService::refused);
        Optional<Account> account = accounts.find(session.userId());
        if (account.isEmpty()) {
            endings.end(session.userId(), session.id());
            throw refused();
        }
        Session used = session.usedAt(now());
        RefreshToken next = token.next();
        // Before the rotation: the old token must still be good for another try when no token can be issued.
        AccessToken accessToken = tokens.issue(session.userId(), session.id(), account.get().role());
        return switch (sessions.rotate(used, token, next)) {
            case DONE -> new SignedIn(used, accessToken, next);
            case ENDED -> throw refused();
            case REPLAYED -> {
                LOG.atWarn().addKeyValue("sessionId", session.id()).log("refresh token replayed, session ended");
                endings.end(session.userId(), session.id());
                throw refused();
            }
        };
    }

    List<Session> list(Caller caller) {
        return sessions.of(caller.userId());
    }

    /** Throws NOT_FOUND for a session that is not the caller's, in the words for one that does not exist. */
    Session find(Caller caller, String id) {
        return sessions.find(id)
                .filter(session -> caller.is(session.userId()))
                .orElseThrow(() -> new Failure(Kind.NOT_FOUND, "There is no session " + id + "."));
    }

    /** Ends one of the caller's sessions; throws as {@link #find} does. */
    void end(Caller caller, String id) {
        endings.end(caller.userId(), find(caller, id).id());
    }

    /** Ends the caller's sessions, all of them or all but the one that asks. */
    void endAll(Caller caller, boolean butCurrent) {
        if (butCurrent) {
            endings.endOthers(caller.userId(), caller.sessionId());
        } else {
            endings.endAll(caller.userId());
        }
    }

    @Override
    public void requireLive(Caller caller) {
        if (sessions.find(caller.sessionId()).filter(session -> caller.is(session.userId())).isEmpty()) {
            throw new Failure(Kind.TOKEN_ENDED, "The session of this access token has ended. Sign in again.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Failure refused() {
        return new Failure(Kind.UNAUTHENTICATED, "The refresh token does not hold. Sign in again.");
    }
}
