package dev.plinth.stacks;

import dev.plinth.contract.Metric;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;

/** What is counted of notices: by SNS on their way to people and to the queue, by us on their way to webhooks. */
record DeliveryMetrics(NotificationsTopic notifications, CountedMetrics counted) {
    IMetric delivered() {
        return notifications.topic().metricNumberOfNotificationsDelivered(Metrics.sum("delivered by SNS"));
    }

    IMetric filtered() {
        return notifications.topic().metricNumberOfNotificationsFilteredOut(Metrics.sum("filtered out"));
    }

    IMetric taken() {
        return counted.of(Metric.DELIVERIES_SUCCEEDED, "taken by webhooks");
    }

    IMetric failedBySns() {
        return notifications.topic().metricNumberOfNotificationsFailed(Metrics.sum("failed by SNS"));
    }

    IMetric refused() {
        return counted.of(Metric.DELIVERIES_FAILED, "not taken by webhooks");
    }

    /** All that were given up within an hour. */
    IMetric failed() {
        return Metrics.expression("FILL(sns, 0) + FILL(webhooks, 0)",
                Map.of("sns", failedBySns(), "webhooks", refused()), "failed deliveries", Duration.hours(1));
    }
}
