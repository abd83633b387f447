package dev.plinth.jobs;

import dev.plinth.functions.event.EventHandler;
import dev.plinth.functions.event.TimeLeft;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Sends, every minute, the messages of jobs that should have got on by now: their first message was not sent or was
 * lost, their worker died, or their notice was not published. It ends no job itself, since ends are the worker's, with
 * all that is written and told with them; it tells the worker to.
 */
@Singleton
@Requires(env = "job-relay")
final class JobRelay implements EventHandler {
    private static final Logger LOG = LoggerFactory.getLogger(JobRelay.class);

    /** What one page may take. */
    private static final Duration RESERVE = Duration.ofSeconds(10);

    private final JobTables tables;
    private final JobQueues queues;
    private final JobTimes times;
    private final TimeLeft timeLeft;
    private final Clock clock;

    JobRelay(JobTables tables, JobQueues queues, JobTimes times, TimeLeft timeLeft, Clock clock) {
        this.tables = tables;
        this.queues = queues;
        this.times = times;
        this.timeLeft = timeLeft;
        this.clock = clock;
    }

    /** Looks at each kind of job; one whose queue does not answer keeps no other from being looked at. */
    @Override
    public JsonNode handle(JsonNode event, String requestId) {
        RuntimeException failure = null;
        for (JobKind kind : JobKind.values()) {
            try {
                relay(tables.of(kind));
            } catch (RuntimeException failed) {
                if (failure == null) {
                    failure = failed;
                } else {
                    failure.addSuppressed(failed);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    /** Goes on until nothing is due or time is short; the next run goes on where this one ends. */
    private void relay(Jobs jobs) {
        int sent = 0;
        Map<String, AttributeValue> start = Map.of();
        do {
            Jobs.DuePage page = jobs.due(start);
            for (UUID id : page.ids()) {
                sent += look(jobs, id) ? 1 : 0;
            }
            start = page.next();
        } while (!start.isEmpty() && timeLeft.now().compareTo(RESERVE) > 0);
        if (sent > 0) {
            LOG.atInfo().addKeyValue("kind", jobs.kind()).addKeyValue("count", sent).log("jobs sent again");
        }
    }

    private boolean look(Jobs jobs, UUID id) {
        // The index lags behind the table, so the table says whether it is time to look.
        Optional<Job> due = jobs.find(id)
                .filter(job -> job.checkAt().filter(at -> !at.isAfter(clock.instant())).isPresent());
        due.ifPresent(job -> {
            queues.send(jobs.kind(), isAbandoned(job) ? Ask.ABANDONED : Ask.REQUESTED, id, Duration.ZERO);
            jobs.resent(job);
        });
        return due.isPresent();
    }

    private boolean isAbandoned(Job job) {
        return job.isLive() && (job.attempts() >= times.attempts() || job.resent() >= times.resends());
    }
}
