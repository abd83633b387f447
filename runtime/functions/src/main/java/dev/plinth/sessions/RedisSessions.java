package dev.plinth.sessions;

import dev.plinth.functions.redis.Redis;
import dev.plinth.functions.redis.Script;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/**
 * Sessions in Redis: each a hash under {@code session:<id>} that expires when it is not used, and the ids of a user's
 * under {@code user-sessions:<user>}, sorted by when they expire.
 */
@Singleton
final class RedisSessions implements Sessions {
    /** Enough for every device of a person; more is a program that forgets its tokens. */
    static final int MOST = 20;

    private static final String USER = "user";
    private static final String DEVICE = "device";
    private static final String CREATED = "createdAt";
    private static final String USED = "lastUsedAt";
    private static final String ENDS = "endsAt";
    private static final String FAMILY = "family";
    private static final String NEWEST = "newest";

    /** No session outlives its idle time, counted from now, so neither need the list of them. */
    private static final Script ADD = Script.of("""
            local id, now, left, expires, idle, most = unpack(ARGV, 1, 6)
            redis.call('HSET', KEYS[1], unpack(ARGV, 7))
            redis.call('PEXPIRE', KEYS[1], left)
            redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
            redis.call('ZADD', KEYS[2], expires, id)
            redis.call('PEXPIRE', KEYS[2], idle)
            local surplus = redis.call('ZCARD', KEYS[2]) - tonumber(most)
            if surplus <= 0 then
                return {}
            end
            return redis.call('ZRANGE', KEYS[2], 0, surplus - 1)
            """);

    private static final Script ROTATE = Script.of("""
            local id, from, to, now, left, expires, idle = unpack(ARGV)
            local newest = redis.call('HGET', KEYS[1], 'newest')
            if not newest then
                return 'ENDED'
            end
            if newest ~= from then
                return 'REPLAYED'
            end
            redis.call('HSET', KEYS[1], 'newest', to, 'lastUsedAt', now)
            redis.call('PEXPIRE', KEYS[1], left)
            redis.call('ZADD', KEYS[2], expires, id)
            redis.call('PEXPIRE', KEYS[2], idle)
            return 'DONE'
            """);

    private static final Script REMOVE = Script.of("""
            redis.call('ZREM', KEYS[2], ARGV[1])
            return redis.call('DEL', KEYS[1])
            """);

    private final Redis redis;
    private final Clock clock;

    RedisSessions(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public List<String> add(Session session, RefreshToken token) {
        Object surplus = redis.run(ADD, keys(session), List.of(
                session.id(), millis(clock.instant()), left(session), millis(session.expiresAt()),
                Long.toString(Session.IDLE.toMillis()), Integer.toString(MOST),
                USER, session.userId().toString(), DEVICE, session.device(), CREATED, millis(session.createdAt()),
                USED, millis(session.lastUsedAt()), ENDS, millis(session.endsAt()),
                FAMILY, token.family().hash(), NEWEST, token.own().hash()));
        return ((List<?>) surplus).stream().map(String.class::cast).toList();
    }

    @Override
    public Optional<Session> find(String id) {
        return session(id, redis.call(jedis -> jedis.hgetAll(key(id))));
    }

    @Override
    public List<Session> of(UUID userId) {
        List<String> ids = redis.call(jedis ->
                jedis.zrangeByScore(listKey(userId), millis(clock.instant()), "+inf"));
        Map<String, Response<Map<String, String>>> found = new LinkedHashMap<>();
        redis.call(jedis -> {
            try (AbstractPipeline pipeline = jedis.pipelined()) {
                ids.forEach(id -> found.put(id, pipeline.hgetAll(key(id))));
                pipeline.sync();
            }
            return null;
        });
        List<Session> sessions = new ArrayList<>();
        found.forEach((id, fields) -> session(id, fields.get()).ifPresent(sessions::add));
        sessions.sort(Comparator.comparing(Session::createdAt).thenComparing(Session::id).reversed());
        return sessions;
    }

    @Override
    public List<String> idsOf(UUID userId) {
        return redis.call(jedis -> jedis.zrange(listKey(userId), 0, -1));
    }

    @Override
    public boolean isOfFamily(RefreshToken token) {
        String family = redis.call(jedis -> jedis.hget(key(token.sessionId()), FAMILY));
        return family != null && MessageDigest.isEqual(
                family.getBytes(StandardCharsets.US_ASCII), token.family().hash().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Rotation rotate(Session used, RefreshToken from, RefreshToken to) {
        return Rotation.valueOf((String) redis.run(ROTATE, keys(used), List.of(
                used.id(), from.own().hash(), to.own().hash(), millis(used.lastUsedAt()), left(used),
                millis(used.expiresAt()), Long.toString(Session.IDLE.toMillis()))));
    }

    @Override
    public void remove(UUID userId, String id) {
        redis.run(REMOVE, List.of(key(id), listKey(userId)), List.of(id));
    }

    private Optional<Session> session(String id, Map<String, String> fields) {
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Session(id, UUID.fromString(fields.get(USER)), fields.get(DEVICE),
                instant(fields.get(CREATED)), instant(fields.get(USED)), instant(fields.get(ENDS))));
    }

    private String left(Session session) {
        return Long.toString(Math.max(1, Duration.between(clock.instant(), session.expiresAt()).toMillis()));
    }

    private static List<String> keys(Session session) {
        return List.of(key(session.id()), listKey(session.userId()));
    }

    private static String key(String id) {
        return "session:" + id;
    }

    private static String listKey(UUID userId) {
        return "user-sessions:" + userId;
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
