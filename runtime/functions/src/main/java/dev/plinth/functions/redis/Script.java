package dev.plinth.functions.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A script in Lua, which Redis runs as a whole before anything else. It names every key that it touches as one of its
 * {@code KEYS}, as the rules of who may use which key demand.
 *
 * @param digest by which Redis knows a script that it has seen
 */
public record Script(String text, String digest) {
    public static Script of(String text) {
        try {
            // Not for security: EVALSHA is defined so.
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Script(text, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-1", impossible);
        }
    }
}
