package dev.plinth.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.StudioTable;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.aws.StudioLists;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.aws.Transactions;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.functions.time.MovableClock;
import dev.plinth.functions.time.TimeOrderedIds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is recorded, and for how long. */
class DynamoActivityTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final LocalTable LOG = new LocalTable(StudioTable.ACTIVITY_LOGS.schema());
    private static final LocalTable DAYS = new LocalTable(StudioTable.ANALYTICS.schema());
    private static final StudioTables TABLES = table ->
            table == StudioTable.ACTIVITY_LOGS ? LOG.name() : DAYS.name();

    private final MovableClock clock = new MovableClock(NOON);
    private final Transactions transactions = new Transactions(LOG.dynamo());
    private final ActivityWrites writes = new DynamoActivityWrites(TABLES, new TimeOrderedIds(clock));
    private final ActivityLog log = new DynamoActivityLog(
            LOG.dynamo(), new StudioLists(LOG.dynamo(), TABLES, clock), TABLES, clock);
    private final UUID project = UUID.randomUUID();
    private final UUID ada = UUID.randomUUID();

    @BeforeEach
    void empty() {
        LOG.empty();
        DAYS.empty();
    }

    @Test
    void recordsWhatHappenedInTheOrderOfTime() {
        record(Optional.of(ada), "schema.created", Map.of());
        clock.advance(Duration.ofSeconds(1));
        record(Optional.empty(), "generation.succeeded", Map.of());

        List<Activity> all = log.ofProject(project, page(10)).items();
        assertThat(all).extracting(Activity::type).containsExactly("generation.succeeded", "schema.created");
        assertThat(all.get(1)).isEqualTo(new Activity(all.get(1).id(), project, Optional.of(ada), "schema.created",
                "subject", Map.of("name", "Shop"), NOON));
        assertThat(log.ofUser(ada, page(10)).items()).extracting(Activity::type).containsExactly("schema.created");
    }

    @Test
    void forgetsActivityAfterNinetyDays() {
        record(Optional.of(ada), "schema.created", Map.of("schemaChanges", 1L));
        clock.advance(Duration.ofDays(1));
        record(Optional.of(ada), "schema.changed", Map.of());
        clock.advance(Duration.ofDays(89));

        // TTL may come days late, so whoever reads leaves out what has expired.
        assertThat(log.ofProject(project, page(10)).items()).extracting(Activity::type)
                .containsExactly("schema.changed");
        assertThat(log.ofUser(ada, page(10)).items()).hasSize(1);
        assertThat(LOG.items()).extracting(item -> item.get("expiresAt").n())
                .contains(Long.toString(NOON.plus(Duration.ofDays(90)).getEpochSecond()));
    }

    @Test
    void addsUpTheFiguresOfADayUnderRacingWriters() {
        IntStream.range(0, 20).parallel().forEach(i -> record(Optional.empty(), "generation.succeeded",
                Map.of("generationsSucceeded", 1L, "generationMillis", 40L)));
        clock.advance(Duration.ofHours(12));
        record(Optional.empty(), "generation.failed", Map.of("generationsFailed", 1L));

        assertThat(log.days(project, LocalDate.parse("2026-02-01"), LocalDate.parse("2026-03-02"))).containsExactly(
                new Day(LocalDate.parse("2026-03-01"), Map.of("generationsSucceeded", 20L, "generationMillis", 800L)),
                new Day(LocalDate.parse("2026-03-02"), Map.of("generationsFailed", 1L)));
        assertThat(log.days(project, LocalDate.parse("2026-03-02"), LocalDate.parse("2026-03-02"))).hasSize(1);
        assertThat(log.days(UUID.randomUUID(), LocalDate.parse("2026-02-01"), LocalDate.parse("2026-03-02"))).isEmpty();
    }

    @Test
    void forgetsFiguresAfterFourHundredDays() {
        record(Optional.empty(), "generation.failed", Map.of("generationsFailed", 1L));
        LocalDate day = LocalDate.parse("2026-03-01");
        clock.advance(Duration.ofDays(399));
        assertThat(log.days(project, day, day)).hasSize(1);

        clock.advance(Duration.ofDays(1));
        assertThat(log.days(project, day, day)).isEmpty();
    }

    private void record(Optional<UUID> actor, String type, Map<String, Long> figures) {
        Happening happening = new Happening(
                project, actor, type, "subject", Map.of("name", "Shop"), figures, clock.instant());
        assertThat(transactions.write(UUID.randomUUID().toString(), writes.of(happening))).isEmpty();
    }

    private static IdPageRequest page(int limit) {
        return new IdPageRequest(Optional.empty(), limit, List.of());
    }
}
