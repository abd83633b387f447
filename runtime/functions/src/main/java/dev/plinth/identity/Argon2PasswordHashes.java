package dev.plinth.identity;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Argon2id with the parameters that OWASP gives first (Password Storage Cheat Sheet): 19 MiB and two passes, on one
 * thread. A hash says its parameters in PHC format.
 */
@Singleton
final class Argon2PasswordHashes implements PasswordHashes {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int THREADS = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final Argon2Function TODAY =
            Argon2Function.getInstance(MEMORY_KIB, PASSES, THREADS, HASH_BYTES, Argon2.ID);
    private static final String PREFIX = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + THREADS + "$";

    /** Salt and hash are zeros, which no password has. */
    private static final String NOBODY = PREFIX + zeros(SALT_BYTES) + '$' + zeros(HASH_BYTES);

    private final SecureRandom random = new SecureRandom();

    @Override
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return TODAY.hash(bytes(password), salt).getResult();
    }

    @Override
    public boolean matches(String password, String hash) {
        return Argon2Function.getInstanceFromHash(hash)
                .check(bytes(password), hash.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean isOutdated(String hash) {
        return !hash.startsWith(PREFIX);
    }

    @Override
    public String ofNobody() {
        return NOBODY;
    }

    private static byte[] bytes(String password) {
        return PasswordRules.normalised(password).getBytes(StandardCharsets.UTF_8);
    }

    private static String zeros(int count) {
        return Base64.getEncoder().withoutPadding().encodeToString(new byte[count]);
    }
}
