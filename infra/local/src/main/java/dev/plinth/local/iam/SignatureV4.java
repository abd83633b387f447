package dev.plinth.local.iam;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature Version 4 (IAM User Guide, "Create a signed AWS API request"): what a request's signature must be. */
public final class SignatureV4 {
    public static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private SignatureV4() {
    }

    /**
     * Tells whether a signature is that of a request.
     *
     * @param time  as the request says it, for example {@code 20261121T080000Z}
     * @param scope date, region, service and {@code aws4_request}, with slashes between them
     */
    public static boolean matches(String signature, String secretAccessKey, String time, String scope,
                                  String canonicalRequest) {
        String toSign = String.join("\n", ALGORITHM, time, scope, sha256(canonicalRequest));
        byte[] key = ("AWS4" + secretAccessKey).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return MessageDigest.isEqual(HexFormat.of().formatHex(hmac(key, toSign)).getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the digest of a text in lower-case hexadecimal digits. */
    public static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
