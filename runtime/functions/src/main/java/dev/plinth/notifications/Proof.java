package dev.plinth.notifications;

import dev.plinth.functions.idempotency.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * What was sent to an address, and comes back from whoever reads what is sent there. Only its hash is kept. A code of
 * six
 * digits is protected by its attempts and its time, not by the hash, which keeps it from being read by the way.
 *
 * @param attempts how often somebody has tried to prove it
 */
record Proof(String hash, int attempts) {
    static final int MOST_ATTEMPTS = 5;

    private static final int CODES = 1_000_000;
    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Proof of(UUID subscription, String text) {
        return new Proof(hash(subscription, text), 0);
    }

    /** Returns six digits, for people to type. */
    static String newCode() {
        return String.format("%06d", RANDOM.nextInt(CODES));
    }

    /** Returns a text that cannot be guessed, for programs to copy. */
    static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    boolean isUsedUp() {
        return attempts >= MOST_ATTEMPTS;
    }

    boolean isGivenBy(UUID subscription, String text) {
        return MessageDigest.isEqual(hash.getBytes(StandardCharsets.US_ASCII),
                hash(subscription, text).getBytes(StandardCharsets.US_ASCII));
    }

    Proof tried() {
        return new Proof(hash, attempts + 1);
    }

    private static String hash(UUID subscription, String text) {
        return HexFormat.of().formatHex(Fingerprint.of(List.of(subscription.toString(), text)));
    }
}
