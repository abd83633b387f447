package dev.plinth.identity;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often a hash is computed, which is what takes the time. */
@Singleton
@Primary
@Requires(env = RecordedSessions.ENVIRONMENT)
class CountingHashes implements PasswordHashes {
    private final PasswordHashes real;
    private final AtomicInteger count = new AtomicInteger();

    CountingHashes(Argon2PasswordHashes real) {
        this.real = real;
    }

    int computed() {
        return count.get();
    }

    void forget() {
        count.set(0);
    }

    @Override
    public String hash(String password) {
        count.incrementAndGet();
        return real.hash(password);
    }

    @Override
    public boolean matches(String password, String hash) {
        count.incrementAndGet();
        return real.matches(password, hash);
    }

    @Override
    public boolean isOutdated(String hash) {
        return real.isOutdated(hash);
    }

    @Override
    public String ofNobody() {
        return real.ofNobody();
    }
}
