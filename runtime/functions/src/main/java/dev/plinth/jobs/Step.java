package dev.plinth.jobs;

import dev.plinth.activity.Happening;
import dev.plinth.contract.Metric;
import dev.plinth.notices.Notice;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What comes after a worker has worked on a job. */
public sealed interface Step {

    /**
     * The job is over. All of it is written in one transaction, once; then the notice is published.
     *
     * @param reason     why it failed, in a sentence for people
     * @param attributes what the feature adds to the item
     * @param happening  what is recorded with it, and counts in the figures of the project's day
     * @param notice     its id is fixed by the job: a repetition has the same
     * @param metric     what is counted once it is written
     * @param unless     an attribute that forbids this end when the item has it by then; the job is then worked on once
     *                   more, with the item as it is
     */
    record Ended(String status, Optional<String> reason, Map<String, AttributeValue> attributes, Happening happening,
            Notice notice, Metric metric, Optional<String> unless) implements Step {
        public Ended {
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * The job gets on, and goes on with another message: this invocation has no more time for it, or what it waits for
     * takes long. Attempts are counted from zero again.
     *
     * @param delay      until the message comes, 15 minutes at most
     * @param attributes what the feature changes in the item
     */
    record Continued(Duration delay, Map<String, AttributeValue> attributes) implements Step {
        public Continued {
            attributes = Map.copyOf(attributes);
        }
    }
}
