package dev.plinth.local.schedule;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.Outcome;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The rules that fire by the clock. Each has a thread, so that a slow function holds up no other rule; a firing that its
 * predecessor holds up is made up for once, not once for each. Thread-safe.
 */
public final class Schedules implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String accountId;
    private final String region;
    private final Journal journal;
    private final Consumer<String> log;
    private final Map<String, Schedule> schedules = new ConcurrentSkipListMap<>();
    private final Map<String, ScheduledExecutorService> clocks = new ConcurrentSkipListMap<>();

    /** @param log takes a line for the person at the laptop: what went wrong with a firing */
    public Schedules(String accountId, String region, Journal journal, Consumer<String> log) {
        this.accountId = accountId;
        this.region = region;
        this.journal = journal;
        this.log = log;
    }

    public void add(Schedule schedule) {
        schedules.put(schedule.name(), schedule);
    }

    public Collection<Schedule> all() {
        return List.copyOf(schedules.values());
    }

    public Optional<Schedule> find(String name) {
        return Optional.ofNullable(schedules.get(name));
    }

    /** Starts the clock: each rule fires first when its rate has passed, as on AWS. */
    public void start() {
        schedules.values().stream().filter(Schedule::enabled).forEach(schedule -> {
            ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "clock of " + schedule.name());
                thread.setDaemon(true);
                return thread;
            });
            clocks.put(schedule.name(), clock);
            long nanos = schedule.rate().toNanos();
            clock.scheduleAtFixedRate(() -> fireByClock(schedule), nanos, nanos, TimeUnit.NANOSECONDS);
        });
    }

    private void fireByClock(Schedule schedule) {
        try {
            fire(schedule);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // Thrown on, it would end the clock of this rule.
            log.accept(schedule.name() + " could not be fired: " + e);
        }
    }

    /** Invokes the function of a rule and waits for what comes of it; returns that in words. */
    public String fire(Schedule schedule) throws InterruptedException {
        long started = System.nanoTime();
        String result = invoke(schedule);
        journal.add(new Journal.Invocation(Instant.now(), "schedule " + schedule.name(), schedule.function().function().name(),
                result, (System.nanoTime() - started) / 1e6));
        return result;
    }

    private String invoke(Schedule schedule) throws InterruptedException {
        if (!schedule.mayInvoke().getAsBoolean()) {
            return failed(schedule, "No AWS::Lambda::Permission lets EventBridge invoke the function for " + schedule.arn());
        }
        byte[] event = schedule.input().orElseGet(() -> event(schedule)).getBytes(StandardCharsets.UTF_8);
        if (schedule.function().invoke(event) instanceof Outcome.Failed failure) {
            return failed(schedule, failure.reason().lines().findFirst().orElse(""));
        }
        return "done";
    }

    private String failed(Schedule schedule, String reason) {
        log.accept(schedule.name() + ": " + reason);
        return "failed: " + reason;
    }

    private String event(Schedule schedule) {
        ObjectNode event = JSON.createObjectNode();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", "Scheduled Event");
        event.put("source", "aws.events");
        event.put("account", accountId);
        event.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", region);
        event.putArray("resources").add(schedule.arn());
        event.putObject("detail");
        return event.toString();
    }

    /** Stops the clock, and gives up the firings that are under way. */
    @Override
    public void close() {
        clocks.values().forEach(ScheduledExecutorService::shutdownNow);
    }
}
