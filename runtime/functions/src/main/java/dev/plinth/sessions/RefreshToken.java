package dev.plinth.sessions;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a client sends to get another access token. It holds a secret that all tokens of the session share and one of
 * its own. The cache has a hash of the first and of the newest of the second; so a token that was replaced is known as
 * one of the session's and not taken for garbage, no list of old ones is kept, and whoever reads the cache can make none.
 *
 * <p>Both secrets have 256 random bits, so a plain hash of them cannot be turned round.
 */
record RefreshToken(String sessionId, Secret family, Secret own) {
    private static final byte VERSION = 1;

    /** A multiple of three, so that base64 has no spare bits and a token has one spelling. */
    private static final int LENGTH = 1 + 2 * Long.BYTES + 2 * Secret.LENGTH;
    private static final Pattern TEXTS = Pattern.compile("[A-Za-z0-9_-]{" + LENGTH / 3 * 4 + "}");

    static RefreshToken first(String sessionId) {
        return new RefreshToken(sessionId, Secret.random(), Secret.random());
    }

    /** Returns the token that takes the place of this one. */
    RefreshToken next() {
        return new RefreshToken(sessionId, family, Secret.random());
    }

    /** Returns the token of a text; empty when it is none, whoever made it. */
    static Optional<RefreshToken> parse(String text) {
        if (!TEXTS.matcher(text).matches()) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        if (bytes.get() != VERSION) {
            return Optional.empty();
        }
        String session = new UUID(bytes.getLong(), bytes.getLong()).toString();
        return Optional.of(new RefreshToken(session, Secret.from(bytes), Secret.from(bytes)));
    }

    String text() {
        UUID session = UUID.fromString(sessionId);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .putLong(session.getMostSignificantBits()).putLong(session.getLeastSignificantBits())
                .put(family.bytes).put(own.bytes)
                .array());
    }

    /** Without the secrets, so that a log cannot have them. */
    @Override
    public String toString() {
        return "RefreshToken of " + sessionId;
    }

    /** Random bytes that nobody can guess. */
    static final class Secret {
        private static final int LENGTH = 32;
        private static final SecureRandom RANDOM = new SecureRandom();

        private final byte[] bytes;

        private Secret(byte[] bytes) {
            this.bytes = bytes;
        }

        static Secret random() {
            byte[] bytes = new byte[LENGTH];
            RANDOM.nextBytes(bytes);
            return new Secret(bytes);
        }

        private static Secret from(ByteBuffer buffer) {
            byte[] bytes = new byte[LENGTH];
            buffer.get(bytes);
            return new Secret(bytes);
        }

        String hash() {
            try {
                return Base64.getUrlEncoder().withoutPadding()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("Every Java platform has SHA-256", impossible);
            }
        }
    }
}
