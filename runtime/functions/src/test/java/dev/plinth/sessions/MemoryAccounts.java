package dev.plinth.sessions;

import dev.plinth.contract.Role;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation.Place;
import dev.plinth.identity.Account;
import dev.plinth.identity.Accounts;
import dev.plinth.identity.CodePurpose;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Users in memory, for tests of what is done with them; keeps what was asked of it. */
@Singleton
@Primary
@Requires(env = MemoryAccounts.ENVIRONMENT)
final class MemoryAccounts implements Accounts {
    static final String ENVIRONMENT = "memory-accounts";
    static final String PASSWORD = "correct horse battery";

    private final SessionEnding sessions;
    private final Map<UUID, Account> accounts = new ConcurrentHashMap<>();
    private final Map<UUID, String> passwords = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger authentications = new AtomicInteger();

    MemoryAccounts(SessionEnding sessions) {
        this.sessions = sessions;
    }

    Account add(String email, boolean verified) {
        return put(new Account(UUID.randomUUID(), email, Role.CUSTOMER, verified), PASSWORD);
    }

    private Account put(Account account, String password) {
        accounts.put(account.id(), account);
        passwords.put(account.id(), password);
        return account;
    }

    void giveRole(UUID id, Role role) {
        accounts.computeIfPresent(id, (same, account) ->
                new Account(id, account.email(), role, account.verified()));
    }

    void remove(UUID id) {
        accounts.remove(id);
    }

    /** Returns the codes that were asked for since the last time, for example {@code VERIFY_EMAIL for <user>}. */
    List<String> asked() {
        List<String> copy = List.copyOf(asked);
        asked.clear();
        return copy;
    }

    int authentications() {
        return authentications.get();
    }

    @Override
    public Account authenticate(String email, String password) {
        authentications.incrementAndGet();
        Account account = findByEmail(email)
                .filter(found -> passwords.get(found.id()).equals(password))
                .orElseThrow(() -> new Failure(Kind.UNAUTHENTICATED, "The e-mail address or the password is wrong."));
        if (!account.verified()) {
            throw new Failure(Kind.FORBIDDEN, "The e-mail address is not verified yet.");
        }
        return account;
    }

    @Override
    public Optional<Account> find(UUID id) {
        return Optional.ofNullable(accounts.get(id));
    }

    @Override
    public Optional<Account> findByEmail(String email) {
        return accounts.values().stream()
                .filter(account -> account.email().toLowerCase(Locale.ROOT).equals(email.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    @Override
    public void requestCode(UUID id, CodePurpose purpose) {
        asked.add(purpose + " for " + id);
    }

    @Override
    public void markVerified(UUID id) {
        accounts.computeIfPresent(id, (same, account) -> new Account(id, account.email(), account.role(), true));
    }

    @Override
    public void resetPassword(UUID id, String password) {
        if (password.length() < 12) {
            throw Failure.invalid(Place.BODY, "/password", "must have 12 to 128 characters");
        }
        sessions.endAll(id);
        markVerified(id);
        passwords.put(id, password);
    }
}
