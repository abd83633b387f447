package dev.plinth.sessions;

import dev.plinth.failure.Failure;
import dev.plinth.functions.redis.Redis;
import dev.plinth.functions.redis.Script;
import dev.plinth.identity.EmailAddress;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Counts how often somebody tries what can be guessed, before it is tried, so that parallel attempts cannot outrun the
 * count. Whether an address is that of a user makes no difference. Thread-safe.
 */
@Singleton
@Requires(env = "identity")
class Limits {
    /**
     * How often something may be done in a time that begins with the first.
     *
     * @param name part of the counters' keys
     */
    record Quota(String name, int times, Duration period) {
    }

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration HOUR = Duration.ofHours(1);

    /** Somebody who guesses the password of one address from one place. */
    static final Quota SIGN_IN = new Quota("sign-in", 10, QUARTER);

    /** The same from many places. Above the first, so that one place alone cannot lock an address's owner out. */
    static final Quota SIGN_IN_ADDRESS = new Quota("sign-in-address", 30, QUARTER);

    /** Somebody who tries many addresses; an office behind one address must still fit in. */
    static final Quota SIGN_IN_SOURCE = new Quota("sign-in-source", 300, QUARTER);

    /** Somebody who fills a mailbox. With five attempts a code, it also bounds how many codes can be guessed. */
    static final Quota CODE_ADDRESS = new Quota("code-address", 5, HOUR);
    static final Quota CODE_SOURCE = new Quota("code-source", 100, HOUR);

    /** Somebody who guesses codes. */
    static final Quota REDEEM_ADDRESS = new Quota("redeem-address", 15, QUARTER);
    static final Quota REDEEM_SOURCE = new Quota("redeem-source", 300, QUARTER);

    /** Returns the milliseconds to wait, and counts only when there are none. */
    private static final Script COUNT = Script.of("""
            local wait = 0
            for i, key in ipairs(KEYS) do
                if tonumber(redis.call('GET', key) or '0') >= tonumber(ARGV[2 * i - 1]) then
                    wait = math.max(wait, 1, redis.call('PTTL', key))
                end
            end
            if wait == 0 then
                for i, key in ipairs(KEYS) do
                    if redis.call('INCR', key) == 1 then
                        redis.call('PEXPIRE', key, ARGV[2 * i])
                    end
                end
            end
            return wait
            """);

    private static final Script FORGET = Script.of("""
            redis.call('DEL', KEYS[1])
            if tonumber(redis.call('GET', KEYS[2]) or '0') > 0 then
                redis.call('DECR', KEYS[2])
            end
            return 1
            """);

    private final Redis redis;

    Limits(Redis redis) {
        this.redis = redis;
    }

    /** Counts a sign-in, and throws {@link Failure} TOO_MANY instead when there were too many. */
    void countSignIn(String email, String source) {
        Map<Quota, String> counted = new LinkedHashMap<>();
        counted.put(SIGN_IN, pair(email, source));
        counted.put(SIGN_IN_ADDRESS, key(email));
        counted.put(SIGN_IN_SOURCE, source);
        count("Too many attempts to sign in.", counted);
    }

    /**
     * Forgets the attempts of one place at one address, whose owner it turned out to be, and this attempt of those at
     * the address. The place's own stay counted: somebody who knows one password could go on for ever at other
     * addresses.
     */
    void forgetSignIns(String email, String source) {
        redis.run(FORGET, List.of(
                counter(SIGN_IN, pair(email, source)), counter(SIGN_IN_ADDRESS, key(email))), List.of());
    }

    /** Counts a request for a code, and throws {@link Failure} TOO_MANY instead when there were too many. */
    void countCode(String email, String source) {
        Map<Quota, String> counted = new LinkedHashMap<>();
        counted.put(CODE_ADDRESS, key(email));
        counted.put(CODE_SOURCE, source);
        count("Too many codes were asked for.", counted);
    }

    /** Counts an attempt to use a code, and throws {@link Failure} TOO_MANY instead when there were too many. */
    void countRedemption(String email, String source) {
        Map<Quota, String> counted = new LinkedHashMap<>();
        counted.put(REDEEM_ADDRESS, key(email));
        counted.put(REDEEM_SOURCE, source);
        count("Too many attempts to use a code.", counted);
    }

    private void count(String refusal, Map<Quota, String> counted) {
        List<String> keys = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        counted.forEach((quota, value) -> {
            keys.add(counter(quota, value));
            arguments.add(Integer.toString(quota.times()));
            arguments.add(Long.toString(quota.period().toMillis()));
        });
        long wait = (Long) redis.run(COUNT, keys, arguments);
        if (wait > 0) {
            throw Failure.tooMany(refusal + " Try again later.", Duration.ofMillis(wait));
        }
    }

    /** Returns what all spellings of an address have in common, or the text itself when it is none. */
    private static String key(String email) {
        return EmailAddress.of(email).map(EmailAddress::key).orElse(email.toLowerCase(Locale.ROOT));
    }

    private static String pair(String email, String source) {
        return source + " " + key(email);
    }

    /** Hashed, so that a key has a bounded length and shows no address. */
    private static String counter(Quota quota, String value) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return "limit:" + quota.name() + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
