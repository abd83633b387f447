package dev.plinth.generation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Takes the measure of a content, which an object's metadata tell before its bytes come, and keeps a small one. */
final class Measured extends OutputStream {
    private final MessageDigest digest = sha256();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int most;
    private long bytes;

    private Measured(int most) {
        this.most = most;
    }

    /**
     * Measures a content.
     *
     * @param most the bytes of the largest content that is kept
     */
    static Measured of(Content content, int most) throws IOException {
        Measured measured = new Measured(most);
        content.writeTo(measured);
        return measured;
    }

    boolean isKept() {
        return bytes <= most;
    }

    /** Returns the content, which {@link #isKept}. */
    byte[] bytes() {
        return kept.toByteArray();
    }

    /** Returns the measure; for use once. */
    Stored stored() {
        return new Stored(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] more, int offset, int length) {
        bytes += length;
        digest.update(more, offset, length);
        if (isKept()) {
            kept.write(more, offset, length);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
