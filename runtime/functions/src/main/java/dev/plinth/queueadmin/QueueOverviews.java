package dev.plinth.queueadmin;

import dev.plinth.failure.Failure;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings together what is known of queues. Whoever asks has a fault to mend, so they see the depths also while the ages
 * cannot be had. Thread-safe.
 */
@Singleton
final class QueueOverviews {
    private static final Logger LOG = LoggerFactory.getLogger(QueueOverviews.class);

    private final Queues queues;
    private final Ages ages;

    QueueOverviews(Queues queues, Ages ages) {
        this.queues = queues;
        this.ages = ages;
    }

    List<QueueOverview> all() {
        Map<QueueName, Ages.Oldest> oldest = oldest();
        return Arrays.stream(QueueName.values()).map(queue -> overview(queue, oldest)).toList();
    }

    QueueOverview of(QueueName queue) {
        return overview(queue, oldest());
    }

    /** A figure is some minutes old, so it says nothing of a queue that has become empty. */
    private QueueOverview overview(QueueName queue, Map<QueueName, Ages.Oldest> oldest) {
        Depths depths = queues.depths(queue);
        Ages.Oldest known = oldest.getOrDefault(queue, Ages.Oldest.UNKNOWN);
        return new QueueOverview(queue, depths, new Ages.Oldest(
                depths.isEmpty() ? Optional.empty() : known.message(),
                depths.deadLetters() == 0 ? Optional.empty() : known.deadLetter()));
    }

    private Map<QueueName, Ages.Oldest> oldest() {
        try {
            return ages.oldest();
        } catch (Failure unavailable) {
            LOG.atWarn().setCause(unavailable).log("ages of queues unavailable");
            return Map.of();
        }
    }
}
