package dev.plinth.stacks;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;

/** What CloudWatch counts of a queue and of its dead letters. */
record QueueMetrics(WorkQueue work) {
    /** Allows to read how old the oldest message of a queue is, which only CloudWatch knows. It takes no resource. */
    static void grantAges(IGrantable grantee) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(grantee).actions(List.of("cloudwatch:GetMetricData")).resourceArns(List.of("*")).build());
    }

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

    /** How old a message gets while all is well: some are delayed on purpose, some wait for long jobs. */
    Duration mostAge() {
        return switch (work.consumer()) {
            // The longest delay between two attempts is a quarter of an hour.
            case WEBHOOK_WORKER -> Duration.minutes(30);
            case DEPLOYMENT_WORKER -> Duration.minutes(15);
            // A removal waits for stacks to be deleted, and its message comes again every six minutes.
            case STUDIO_WORKER -> Duration.minutes(30);
            default -> Duration.minutes(5);
        };
    }
}
