package dev.plinth.mailing;

import dev.plinth.identity.CodePurpose;
import dev.plinth.sessions.Codes;
import dev.plinth.sessions.SessionEnding;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Issues codes that say what for, and keeps what it was asked for. */
@Singleton
@Primary
@Requires(env = SimpleCodes.ENVIRONMENT)
class SimpleCodes implements Codes, SessionEnding {
    static final String ENVIRONMENT = "simple-codes";

    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** Returns what was asked for since the last time. */
    List<String> asked() {
        List<String> copy = List.copyOf(asked);
        asked.clear();
        return copy;
    }

    @Override
    public String issue(UUID userId, CodePurpose purpose) {
        asked.add("code for " + purpose + " of " + userId);
        return purpose == CodePurpose.VERIFY_EMAIL ? "111111" : "222222";
    }

    @Override
    public void redeem(UUID userId, CodePurpose purpose, String code) {
        throw new UnsupportedOperationException("The worker redeems no codes.");
    }

    @Override
    public void giveBack(UUID userId, CodePurpose purpose, String code) {
        throw new UnsupportedOperationException("The worker redeems no codes.");
    }

    @Override
    public void endAll(UUID userId) {
        asked.add("end of " + userId);
    }

    @Override
    public void endOthers(UUID userId, String sessionId) {
        throw new UnsupportedOperationException("The worker knows no session.");
    }
}
