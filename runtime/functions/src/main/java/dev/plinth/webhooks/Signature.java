package dev.plinth.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as the Standard Webhooks specification says: HMAC-SHA256 of id, time and body, in version {@code v1}.
 */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {
    }

    /** Returns the value of the header {@code webhook-signature}: a signature by each of the secrets. */
    static String of(List<String> secrets, String id, long seconds, String body) {
        byte[] signed = (id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8);
        return secrets.stream().map(secret -> "v1," + Base64.getEncoder().encodeToString(mac(secret, signed)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] mac(String secret, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            byte[] key = Base64.getDecoder().decode(secret.substring(Secrets.PREFIX.length()));
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256", impossible);
        }
    }
}
