package dev.plinth.identity;

import dev.plinth.failure.Failure;
import dev.plinth.sessions.SessionEnding;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps whose sessions are to end; or cannot end them, as while the cache is down. */
@Singleton
@Primary
@Requires(env = RecordedSessions.ENVIRONMENT)
public final class RecordedSessions implements SessionEnding {
    public static final String ENVIRONMENT = "recorded-sessions";

    private final List<String> ended = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    /** Returns what was asked for since the last time, for example {@code all of <user>}. */
    public List<String> ended() {
        List<String> copy = List.copyOf(ended);
        ended.clear();
        return copy;
    }

    public void down(boolean isDown) {
        this.down = isDown;
    }

    @Override
    public void endAll(UUID userId) {
        record("all of " + userId);
    }

    @Override
    public void endOthers(UUID userId, String sessionId) {
        record("of " + userId + " but " + sessionId);
    }

    private void record(String what) {
        if (down) {
            throw Failure.unavailable("The cache does not answer.", Duration.ofSeconds(1), null);
        }
        ended.add(what);
    }
}
