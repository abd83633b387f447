package dev.plinth.local.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.engine.LocalSqs;
import dev.plinth.local.engine.SqsQueues;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.net.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The AWS SDK moves dead letters behind the door. */
class SqsServiceTest {
    private static final Account ACCOUNT = new Account("000000000000", "eu-west-1");

    private final Callers callers = new Callers();
    private final SqsQueues engine = new SqsQueues(LocalSqs.url());
    private final String jobs = LocalSqs.uniqueName();
    private final String dead = LocalSqs.uniqueName();
    private LoopbackServer server;
    private String jobsUrl;
    private String deadUrl;

    @BeforeEach
    void start() throws Exception {
        deadUrl = engine.create(dead, Map.of());
        jobsUrl = engine.create(jobs, Map.of("RedrivePolicy",
                "{\"deadLetterTargetArn\": \"" + LocalSqs.arn(dead) + "\", \"maxReceiveCount\": 3}"));
        Door door = new Door(callers, new Faults(), new Journal(), denial -> { });
        door.openSqs(ACCOUNT, LocalSqs.url(), arn -> Optional.empty());
        server = LoopbackServer.start("a test", "(no flag)", 0, door::answer);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void movesDeadLettersForARoleThatMayReceiveDeleteAndSendThem() {
        SqsClient client = client(role("\"sqs:StartMessageMoveTask\", \"sqs:ReceiveMessage\", \"sqs:DeleteMessage\","
                + " \"sqs:GetQueueAttributes\", \"sqs:ListMessageMoveTasks\"", "\"sqs:SendMessage\""));
        operator().sendMessage(send -> send.queueUrl(deadUrl).messageBody("buried"));

        client.startMessageMoveTask(start -> start
                .sourceArn(LocalSqs.arn(dead)).destinationArn(LocalSqs.arn(jobs)).maxNumberOfMessagesPerSecond(100));

        assertThat(operator().receiveMessage(receive -> receive.queueUrl(jobsUrl).waitTimeSeconds(10)).messages())
                .singleElement().satisfies(message -> assertThat(message.body()).isEqualTo("buried"));
        ListMessageMoveTasksResultEntry task = task(client);
        assertThat(task.destinationArn()).isEqualTo(LocalSqs.arn(jobs));
        assertThat(task.approximateNumberOfMessagesMoved()).isEqualTo(1);
        client.close();
    }

    @Test
    void movesNothingForARoleThatLacksOneOfThePermissions() {
        String[] needed = {"StartMessageMoveTask", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes"};
        for (String missing : needed) {
            StringBuilder others = new StringBuilder("\"sqs:ListMessageMoveTasks\"");
            for (String action : needed) {
                others.append(action.equals(missing) ? "" : ", \"sqs:" + action + "\"");
            }
            assertDenied(role(others.toString(), "\"sqs:SendMessage\""), "sqs:" + missing);
        }
        assertDenied(role("\"sqs:*\"", "\"sqs:GetQueueAttributes\""), "sqs:SendMessage");
    }

    @Test
    void endsAMoveForARoleThatMayCancelIt() {
        for (int i = 0; i < 20; i++) {
            operator().sendMessage(send -> send.queueUrl(deadUrl).messageBody("buried"));
        }
        SqsClient client = client(role("\"sqs:*\"", "\"sqs:SendMessage\""));
        String handle = client.startMessageMoveTask(start -> start.sourceArn(LocalSqs.arn(dead))
                .destinationArn(LocalSqs.arn(jobs)).maxNumberOfMessagesPerSecond(1)).taskHandle();

        try (SqsClient other = client(role("\"sqs:ReceiveMessage\"", "\"sqs:*\""))) {
            assertThatThrownBy(() -> other.cancelMessageMoveTask(cancel -> cancel.taskHandle(handle)))
                    .hasMessageContaining("sqs:CancelMessageMoveTask").hasMessageContaining(LocalSqs.arn(dead));
        }
        client.cancelMessageMoveTask(cancel -> cancel.taskHandle(handle));

        assertThat(client.listMessageMoveTasks(list -> list.sourceArn(LocalSqs.arn(dead))).results())
                .noneMatch(task -> task.status().equals("RUNNING"));
        client.close();
    }

    private void assertDenied(AwsCredentialsProvider role, String action) {
        try (SqsClient client = client(role)) {
            assertThatThrownBy(() -> client.startMessageMoveTask(start -> start
                    .sourceArn(LocalSqs.arn(dead)).destinationArn(LocalSqs.arn(jobs))))
                    .isInstanceOf(SqsException.class)
                    .hasMessageContaining("not authorized").hasMessageContaining(action);
        }
    }

    private static ListMessageMoveTasksResultEntry task(SqsClient client, String arn) {
        return client.listMessageMoveTasks(list -> list.sourceArn(arn)).results().get(0);
    }

    private ListMessageMoveTasksResultEntry task(SqsClient client) {
        Instant end = Instant.now().plusSeconds(10);
        ListMessageMoveTasksResultEntry task = task(client, LocalSqs.arn(dead));
        while (task.status().equals("RUNNING") && Instant.now().isBefore(end)) {
            task = task(client, LocalSqs.arn(dead));
        }
        return task;
    }

    private AwsCredentialsProvider role(String onDeadLetters, String onJobs) {
        return AwsCallers.withStatements(callers, "[" + allow(onDeadLetters, dead) + "," + allow(onJobs, jobs) + "]");
    }

    private static String allow(String actions, String queue) {
        return "{\"Effect\": \"Allow\", \"Action\": [" + actions + "], \"Resource\": \"" + LocalSqs.arn(queue) + "\"}";
    }

    private SqsClient operator() {
        return client(AwsCallers.provider(Callers.OPERATOR));
    }

    private SqsClient client(AwsCredentialsProvider credentials) {
        return SqsClient.builder().endpointOverride(URI.create(server.url())).region(Region.EU_WEST_1)
                .credentialsProvider(credentials).httpClient(UrlConnectionHttpClient.create()).build();
    }
}
