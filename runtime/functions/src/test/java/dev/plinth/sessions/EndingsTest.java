package dev.plinth.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.contract.RevocationsTable;
import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.redis.LocalRedis;
import dev.plinth.functions.redis.Redis;
import dev.plinth.functions.time.MovableClock;
import dev.plinth.sessions.Sessions.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.JedisPooled;

/** How sessions end, by time and on purpose, in a real Redis and a table in DynamoDB Local. */
class EndingsTest {
    private static final UUID ADA = UUID.randomUUID();

    private final MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    private final LocalTable table = new LocalTable(RevocationsTable.SCHEMA);
    private final Redis redis = LocalRedis.as("identity-worker");
    private final Sessions sessions = new RedisSessions(redis, clock);
    private final Endings endings =
            new Endings(sessions, new DynamoRevocations(table.dynamo(), table.name()), clock);

    @BeforeEach
    void empty() {
        LocalRedis.empty();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void keepsASessionAsItBegan() {
        Session session = begin();
        assertThat(sessions.find(session.id())).contains(session);
        assertThat(sessions.of(ADA)).containsExactly(session);
        assertThat(sessions.of(UUID.randomUUID())).isEmpty();
    }

    @Test
    void prolongsASessionThatIsUsed() {
        Session session = Session.begin(ADA, "phone", clock.instant());
        RefreshToken token = RefreshToken.first(session.id());
        sessions.add(session, token);
        clock.advance(Duration.ofMinutes(90));
        Session used = session.usedAt(clock.instant());
        assertThat(sessions.rotate(used, token, token.next())).isEqualTo(Rotation.DONE);
        assertThat(sessions.find(session.id())).contains(used);
        assertThat(used.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofHours(2)));
        assertThat(millisLeft(session)).isBetween(7_190_000L, 7_200_000L);
        assertThat(sessions.of(ADA)).containsExactly(used);
    }

    @Test
    void endsASessionAfterThirtyDaysHoweverOftenItIsUsed() {
        Session session = Session.begin(ADA, "phone", clock.instant());
        RefreshToken token = RefreshToken.first(session.id());
        sessions.add(session, token);
        clock.advance(Duration.ofDays(30).minusMinutes(10));
        Session used = session.usedAt(clock.instant());
        sessions.rotate(used, token, token.next());
        assertThat(used.expiresAt()).isEqualTo(session.createdAt().plus(Duration.ofDays(30)));
        assertThat(millisLeft(session)).isBetween(590_000L, 600_000L);
    }

    @Test
    void rotatesNothingThatHasEnded() {
        Session session = Session.begin(ADA, "phone", clock.instant());
        RefreshToken token = RefreshToken.first(session.id());
        sessions.add(session, token);
        endings.end(ADA, session.id());
        assertThat(sessions.rotate(session, token, token.next())).isEqualTo(Rotation.ENDED);
        assertThat(LocalRedis.keys()).isEmpty();
    }

    @Test
    void doesNotListWhatHasExpired() {
        Session session = begin();
        clock.advance(Duration.ofHours(2).plusMillis(1));
        Session later = begin();
        assertThat(sessions.of(ADA)).containsExactly(later);
        assertThat(sessions.idsOf(ADA)).containsExactly(later.id()).doesNotContain(session.id());
    }

    @Test
    void endsAllSessionsOfAUserAndTellsTheAuthorizerUntilTheirLastTokenHasExpired() {
        List<Session> adas = List.of(begin(), begin(), begin());
        Session bobs = Session.begin(UUID.randomUUID(), "phone", clock.instant());
        sessions.add(bobs, RefreshToken.first(bobs.id()));
        endings.endAll(ADA);
        assertThat(sessions.of(ADA)).isEmpty();
        assertThat(sessions.find(bobs.id())).contains(bobs);
        assertThat(table.items()).extracting(item -> item.get("sessionId").s())
                .containsExactlyInAnyOrderElementsOf(adas.stream().map(Session::id).toList());
        assertThat(table.items()).allSatisfy(item -> assertThat(Long.parseLong(item.get("expiresAt").n()))
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(6)).getEpochSecond()));
    }

    @Test
    void canEndAllTwice() {
        begin();
        endings.endAll(ADA);
        endings.endAll(ADA);
        assertThat(table.items()).hasSize(1);
    }

    @Test
    void sparesOneWhenItEndsTheOthers() {
        Session spared = begin();
        begin();
        endings.endOthers(ADA, spared.id());
        assertThat(sessions.of(ADA)).containsExactly(spared);
        assertThat(table.items()).hasSize(1);
    }

    @Test
    void keepsASessionThatTheAuthorizerCouldNotBeToldOf() {
        Session session = begin();
        Endings cutOff = new Endings(sessions, (id, until) -> {
            throw Failure.unavailable("The table does not answer.", Duration.ofSeconds(1), null);
        }, clock);
        assertThatThrownBy(() -> cutOff.endAll(ADA)).isInstanceOf(Failure.class);
        assertThat(sessions.find(session.id())).contains(session);
        endings.endAll(ADA);
        assertThat(sessions.find(session.id())).isEmpty();
    }

    private Session begin() {
        Session session = Session.begin(ADA, "phone", clock.instant());
        assertThat(sessions.add(session, RefreshToken.first(session.id()))).isEmpty();
        return session;
    }

    private static long millisLeft(Session session) {
        try (JedisPooled redis = LocalRedis.administered()) {
            return redis.pttl("session:" + session.id());
        }
    }
}
