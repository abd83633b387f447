package dev.plinth.sessions;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation.Place;
import dev.plinth.functions.redis.Redis;
import dev.plinth.functions.redis.Script;
import dev.plinth.identity.CodePurpose;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Codes in Redis, under {@code code:<purpose>:<user>}, as a hash of the code with what it is for. A code of six digits
 * is protected by its attempts and its time, not by the hash, which only keeps it from being read by the way.
 */
@Singleton
final class RedisCodes implements Codes {
    static final Duration LIFETIME = Duration.ofMinutes(15);
    static final int ATTEMPTS = 5;

    private static final int BOUND = 1_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Script ISSUE = Script.of("""
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'hash', ARGV[1], 'failed', '0')
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            return 1
            """);

    /** A code that was tried too often stays, spent, until its time is over. */
    private static final Script REDEEM = Script.of("""
            local hash, failed = unpack(redis.call('HMGET', KEYS[1], 'hash', 'failed'))
            if not hash or tonumber(failed) >= tonumber(ARGV[2]) then
                return 0
            end
            if hash ~= ARGV[1] then
                redis.call('HINCRBY', KEYS[1], 'failed', 1)
                return 0
            end
            redis.call('DEL', KEYS[1])
            return 1
            """);

    private final Redis redis;

    RedisCodes(Redis redis) {
        this.redis = redis;
    }

    @Override
    public String issue(UUID userId, CodePurpose purpose) {
        String code = String.format("%06d", RANDOM.nextInt(BOUND));
        store(userId, purpose, code, LIFETIME);
        return code;
    }

    @Override
    public void redeem(UUID userId, CodePurpose purpose, String code) {
        Object right = redis.run(REDEEM, List.of(key(userId, purpose)),
                List.of(hash(userId, purpose, code), Integer.toString(ATTEMPTS)));
        if (!Long.valueOf(1).equals(right)) {
            throw wrong();
        }
    }

    @Override
    public void giveBack(UUID userId, CodePurpose purpose, String code) {
        store(userId, purpose, code, GIVEN_BACK);
    }

    /** Returns the failure of a code that is not the right one, for whatever reason. */
    static Failure wrong() {
        return Failure.invalid(Place.BODY, "/code", "is wrong, expired or used up");
    }

    private void store(UUID userId, CodePurpose purpose, String code, Duration lifetime) {
        redis.run(ISSUE, List.of(key(userId, purpose)),
                List.of(hash(userId, purpose, code), Long.toString(lifetime.toMillis())));
    }

    private static String key(UUID userId, CodePurpose purpose) {
        return "code:" + purpose + ":" + userId;
    }

    private static String hash(UUID userId, CodePurpose purpose, String code) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest((purpose + " " + userId + " " + code).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
