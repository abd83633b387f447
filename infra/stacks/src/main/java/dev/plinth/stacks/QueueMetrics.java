package dev.plinth.stacks;

import software.amazon.awscdk.services.cloudwatch.IMetric;

/** What CloudWatch counts of a queue and of its dead letters. */
record QueueMetrics(WorkQueue work) {
    /** For titles: who takes the messages. */
    String name() {
        return work.consumer().environment();
    }

    IMetric waiting() {
        return work.queue().metricApproximateNumberOfMessagesVisible(Metrics.options("Maximum", "waiting"));
    }

    IMetric deadLetters() {
        return work.deadLetters().metricApproximateNumberOfMessagesVisible(Metrics.options("Maximum", "dead letters"));
    }

    /** In seconds. */
    IMetric age() {
        return work.queue().metricApproximateAgeOfOldestMessage(Metrics.options("Maximum", "oldest message"));
    }
}
