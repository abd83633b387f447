package dev.plinth.local.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.engine.LocalSqs;
import dev.plinth.local.engine.SqsQueues;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.net.LoopbackServer;
import dev.plinth.local.queue.Queue;
import dev.plinth.local.queue.QueueMetrics;
import dev.plinth.local.queue.Queues;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The AWS SDK asks CloudWatch behind the door for the figures of queues in ElasticMQ. */
class CloudWatchServiceTest {
    private static final String AGE = "ApproximateAgeOfOldestMessage";

    private final Callers callers = new Callers();
    private final SqsQueues engine = new SqsQueues(LocalSqs.url());
    private final Queues queues = new Queues(engine);
    private final String name = LocalSqs.uniqueName();
    private final SteppingClock clock = new SteppingClock();
    private final QueueMetrics metrics = new QueueMetrics(queues, clock);
    private LoopbackServer server;
    private String url;

    @BeforeEach
    void start() throws Exception {
        url = engine.create(name, Map.of());
        queues.add(new Queue(name, url, LocalSqs.arn(name), "test/" + name, Duration.ofSeconds(30), Optional.empty()));
        Door door = new Door(callers, new Faults(), new Journal(), denial -> { });
        door.openCloudWatch(metrics);
        server = LoopbackServer.start("a test", "(no flag)", 0, door::answer);
    }

    @AfterEach
    void stop() throws IOException {
        metrics.close();
        server.close();
    }

    @Test
    void tellsHowManyMessagesAQueueHasAndForHowLongItHasHadAny() {
        CloudWatchClient client = client(AwsCallers.provider(Callers.OPERATOR));
        assertThat(ask(client, AGE, name)).containsExactly(0.0);

        try (SqsClient sqs = sqs()) {
            sqs.sendMessage(send -> send.queueUrl(url).messageBody("one"));
            assertThat(ask(client, AGE, name)).containsExactly(0.0);
            clock.now = clock.now.plusSeconds(90);
            sqs.sendMessage(send -> send.queueUrl(url).messageBody("two").delaySeconds(100));

            assertThat(ask(client, AGE, name)).containsExactly(90.0);
            assertThat(ask(client, "ApproximateNumberOfMessagesVisible", name)).containsExactly(1.0);
            assertThat(ask(client, "ApproximateNumberOfMessagesDelayed", name)).containsExactly(1.0);

            sqs.purgeQueue(purge -> purge.queueUrl(url));
            assertThat(ask(client, AGE, name)).containsExactly(0.0);
        }
    }

    @Test
    void looksAlsoWhileNobodyAsks() throws Exception {
        metrics.start();
        try (SqsClient sqs = sqs()) {
            sqs.sendMessage(send -> send.queueUrl(url).messageBody("one"));
        }

        // The time is asked for when a queue is seen to be filled, and nobody but the look itself does that here.
        assertThat(clock.asked.await(15, TimeUnit.SECONDS)).isTrue();
        clock.now = clock.now.plusSeconds(42);
        assertThat(metrics.now().get(name)).containsEntry(AGE, 42.0);
    }

    @Test
    void hasNoFigureOfAQueueThatItDoesNotKnow() {
        assertThat(ask(client(AwsCallers.provider(Callers.OPERATOR)), AGE, "other")).isEmpty();
    }

    @Test
    void refusesMetricsThatItDoesNotKeepAndOtherCalls() {
        CloudWatchClient client = client(AwsCallers.provider(Callers.OPERATOR));

        assertThatThrownBy(() -> ask(client, "NumberOfMessagesSent", name)).isInstanceOf(CloudWatchException.class)
                .hasMessageContaining("keeps no metrics").hasMessageContaining("NumberOfMessagesSent");
        assertThatThrownBy(() -> client.getMetricData(get -> get.startTime(clock.now).endTime(clock.now)
                .metricDataQueries(MetricDataQuery.builder().id("a").expression("1 + 1").build())))
                .isInstanceOf(CloudWatchException.class).hasMessageContaining("keeps no metrics");
        assertThatThrownBy(() -> client.listMetrics(list -> list.namespace("AWS/SQS")))
                .isInstanceOf(CloudWatchException.class).hasMessageContaining("does not answer cloudwatch:ListMetrics");
    }

    @Test
    void asksForThePermissionThatAwsAsksFor() {
        AwsCredentialsProvider allowed = AwsCallers.withStatements(callers,
                "[{\"Effect\": \"Allow\", \"Action\": \"cloudwatch:GetMetricData\", \"Resource\": \"*\"}]");
        AwsCredentialsProvider other = AwsCallers.withStatements(callers,
                "[{\"Effect\": \"Allow\", \"Action\": \"cloudwatch:GetMetricStatistics\", \"Resource\": \"*\"}]");

        assertThat(ask(client(allowed), AGE, name)).hasSize(1);
        assertThatThrownBy(() -> ask(client(other), AGE, name)).isInstanceOf(CloudWatchException.class)
                .hasMessageContaining("cloudwatch:GetMetricData");
    }

    private static List<Double> ask(CloudWatchClient client, String metric, String queue) {
        return client.getMetricData(get -> get.startTime(Instant.now().minusSeconds(600)).endTime(Instant.now())
                .metricDataQueries(MetricDataQuery.builder().id("a")
                        .metricStat(stat -> stat.period(60).stat("Maximum").metric(wanted -> wanted.namespace("AWS/SQS")
                                .metricName(metric)
                                .dimensions(Dimension.builder().name("QueueName").value(queue).build())))
                        .build()))
                .metricDataResults().get(0).values();
    }

    private CloudWatchClient client(AwsCredentialsProvider credentials) {
        return CloudWatchClient.builder().endpointOverride(URI.create(server.url())).region(Region.US_EAST_1)
                .credentialsProvider(credentials).httpClient(UrlConnectionHttpClient.create()).build();
    }

    private static SqsClient sqs() {
        return SqsClient.builder().endpointOverride(LocalSqs.url()).region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create()).build();
    }

    /** A clock that stands still until a test moves it. */
    private static final class SteppingClock extends Clock {
        private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

        private final CountDownLatch asked = new CountDownLatch(1);

        @Override
        public Instant instant() {
            Instant answer = now;
            asked.countDown();
            return answer;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
