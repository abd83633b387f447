package dev.plinth.webhooks;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What requests to an endpoint are signed with: its secret, and the one before for a while after a change, so that a
 * receiver can be told the new one in peace.
 *
 * @param current in the form of the Standard Webhooks specification, {@code whsec_} and Base64
 */
public record Secrets(String current, Optional<Previous> previous) {
    /** How long the secret before is used along with the new one. */
    public static final Duration GRACE = Duration.ofHours(24);

    static final String PREFIX = "whsec_";

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A secret that has been replaced. */
    public record Previous(String secret, Instant until) {
        @Override
        public String toString() {
            return "Previous";
        }
    }

    /** Returns a new secret. */
    public static Secrets generate() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Secrets(PREFIX + Base64.getEncoder().encodeToString(bytes), Optional.empty());
    }

    /** Returns a new secret beside this one. */
    public Secrets rotated(Instant now) {
        return new Secrets(generate().current, Optional.of(new Previous(current, now.plus(GRACE))));
    }

    /** Returns the secrets that are good at a time, the current one first. */
    List<String> at(Instant now) {
        return previous.filter(replaced -> replaced.until().isAfter(now))
                .map(replaced -> List.of(current, replaced.secret()))
                .orElse(List.of(current));
    }

    /** Without the secrets, so that a log cannot have them. */
    @Override
    public String toString() {
        return "Secrets";
    }
}
