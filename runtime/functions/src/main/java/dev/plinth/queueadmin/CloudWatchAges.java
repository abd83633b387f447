package dev.plinth.queueadmin;

import dev.plinth.functions.aws.AwsFailures;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/**
 * The ages that SQS reports to CloudWatch every minute; SQS itself tells nobody, short of receiving every message. A
 * dead letter's age counts from when it came to the dead-letter queue (Amazon SQS Developer Guide, "Available
 * CloudWatch metrics").
 */
@Singleton
final class CloudWatchAges implements Ages {
    private static final Duration PERIOD = Duration.ofMinutes(1);

    /** How far back the latest figure may lie: they come some minutes late. */
    private static final Duration SPAN = Duration.ofMinutes(10);

    private final CloudWatchClient cloudWatch;
    private final QueueUrls urls;
    private final Clock clock;

    CloudWatchAges(CloudWatchClient cloudWatch, QueueUrls urls, Clock clock) {
        this.cloudWatch = cloudWatch;
        this.urls = urls;
        this.clock = clock;
    }

    @Override
    public Map<QueueName, Oldest> oldest() {
        Instant now = clock.instant();
        List<MetricDataQuery> queries = new ArrayList<>();
        for (QueueName queue : QueueName.values()) {
            queries.add(query("living" + queue.ordinal(), urls.of(queue)));
            queries.add(query("dead" + queue.ordinal(), urls.ofDeadLetters(queue)));
        }
        GetMetricDataResponse answer = AwsFailures.calling(() -> cloudWatch.getMetricData(GetMetricDataRequest.builder()
                .startTime(now.minus(SPAN))
                .endTime(now)
                .scanBy(ScanBy.TIMESTAMP_DESCENDING)
                .metricDataQueries(queries)
                .build()));
        Map<String, Duration> ages = new HashMap<>();
        for (MetricDataResult result : answer.metricDataResults()) {
            result.values().stream().findFirst()
                    .ifPresent(seconds -> ages.put(result.id(), Duration.ofSeconds(Math.round(seconds))));
        }
        Map<QueueName, Oldest> oldest = new EnumMap<>(QueueName.class);
        for (QueueName queue : QueueName.values()) {
            oldest.put(queue, new Oldest(Optional.ofNullable(ages.get("living" + queue.ordinal())),
                    Optional.ofNullable(ages.get("dead" + queue.ordinal()))));
        }
        return oldest;
    }

    private static MetricDataQuery query(String id, String url) {
        Metric metric = Metric.builder()
                .namespace("AWS/SQS")
                .metricName("ApproximateAgeOfOldestMessage")
                .dimensions(Dimension.builder()
                        .name("QueueName").value(url.substring(url.lastIndexOf('/') + 1)).build())
                .build();
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(stat -> stat.metric(metric).period((int) PERIOD.toSeconds()).stat("Maximum"))
                .build();
    }
}
