package dev.plinth.local.cloud;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * Names as CloudFormation makes them: stack, logical id and a suffix. The suffix is a digest instead of a random text,
 * so that kept data is found again.
 */
final class PhysicalNames {
    private static final int SUFFIX = 12;

    private PhysicalNames() {
    }

    /** @param longest the resource type's longest name */
    static String of(String stackName, String logicalId, int longest) {
        String prefix = stackName + "-" + logicalId;
        int kept = Math.min(prefix.length(), longest - SUFFIX - 1);
        return prefix.substring(0, kept) + "-" + suffix(stackName + "/" + logicalId);
    }

    /** Returns an id of lower-case letters and digits, such as that of an API. */
    static String id(String stackName, String logicalId) {
        return suffix(stackName + "/" + logicalId).toLowerCase(Locale.ROOT).substring(0, 10);
    }

    private static String suffix(String text) {
        return digest(text).toUpperCase(Locale.ROOT).substring(0, SUFFIX);
    }

    /** Returns a digest of a text in lower-case letters and digits. */
    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, digest).toString(36);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
