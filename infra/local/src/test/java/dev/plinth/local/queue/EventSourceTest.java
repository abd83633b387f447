package dev.plinth.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.engine.LocalSqs;
import dev.plinth.local.engine.SqsQueues;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.FunctionDefinition;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.lambda.Functions;
import dev.plinth.local.lambda.Lambda;
import dev.plinth.local.lambda.ObedientHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Messages on a real queue; the worker, a process of its own, does what they say. */
@Timeout(60)
class EventSourceTest {
    private static final int MOST_RECEIVES = 2;

    @TempDir
    private static Path code;

    private static Lambda lambda;
    private static FunctionPool worker;
    private static SqsClient client;

    @TempDir
    private Path directory;

    private final SqsQueues engine = new SqsQueues(LocalSqs.url());
    private final Journal journal = new Journal();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<EventSource> sources = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        lambda = Functions.host(code, 2, (name, line) -> { });
        FunctionDefinition definition = Functions.function(code, "worker", ObedientHandler.Worker.class, Duration.ofSeconds(20));
        lambda.add(definition);
        worker = lambda.find(definition.arn()).orElseThrow();
        client = SqsClient.builder().endpointOverride(URI.create(LocalSqs.url().toString())).region(Region.EU_WEST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x"))).build();
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        lambda.close();
    }

    @AfterEach
    void closeSources() throws IOException {
        for (EventSource source : sources) {
            source.close();
        }
    }

    @Test
    void givesMessagesInTheFormOfLambdasEvents() throws Exception {
        Queue queue = queue(30);
        Path file = directory.resolve("event");
        String id = client.sendMessage(send -> send.queueUrl(queue.url()).messageBody("keep " + file).messageAttributes(Map.of(
                "kind", MessageAttributeValue.builder().dataType("String").stringValue("greeting").build(),
                "bytes", MessageAttributeValue.builder().dataType("Binary")
                        .binaryValue(SdkBytes.fromUtf8String("hi")).build()))).messageId();

        open(queue, 10, Duration.ZERO, 1, true);

        until(() -> Files.exists(file) && Files.readString(file).endsWith("\n"));
        JsonNode records = new ObjectMapper().readTree(Files.readString(file)).path("Records");
        assertThat(records).hasSize(1);
        JsonNode record = records.get(0);
        assertThat(record.properties()).extracting(Map.Entry::getKey).containsExactly("messageId", "receiptHandle", "body",
                "attributes", "messageAttributes", "md5OfBody", "md5OfMessageAttributes", "eventSource", "eventSourceARN",
                "awsRegion");
        assertThat(record.path("messageId").asText()).isEqualTo(id);
        assertThat(record.path("receiptHandle").asText()).isNotEmpty();
        assertThat(record.path("body").asText()).isEqualTo("keep " + file);
        assertThat(record.path("md5OfBody").asText()).hasSize(32);
        assertThat(record.path("eventSource").asText()).isEqualTo("aws:sqs");
        assertThat(record.path("eventSourceARN").asText()).isEqualTo(queue.arn());
        assertThat(record.path("awsRegion").asText()).isEqualTo("eu-west-1");
        assertThat(record.path("attributes").path("ApproximateReceiveCount").textValue()).isEqualTo("1");
        assertThat(record.path("attributes").properties()).extracting(Map.Entry::getKey)
                .contains("SentTimestamp", "SenderId", "ApproximateFirstReceiveTimestamp");
        JsonNode kind = record.path("messageAttributes").path("kind");
        assertThat(kind.path("stringValue").asText()).isEqualTo("greeting");
        assertThat(kind.path("dataType").asText()).isEqualTo("String");
        assertThat(kind.path("stringListValues").isEmpty() && kind.path("binaryListValues").isEmpty()).isTrue();
        assertThat(record.path("messageAttributes").path("bytes").path("binaryValue").asText()).isEqualTo("aGk=");
    }

    @Test
    void deletesWhatSucceedsAndGivesBackWhatFails() throws Exception {
        Queue queue = queue(1);
        Path done = directory.resolve("done");
        Path failing = directory.resolve("failing");
        sendBatch(queue, "note " + done, "fail " + failing, "note " + done);

        open(queue, 10, Duration.ZERO, 1, true);

        until(() -> countDead(queue) == 1);
        assertThat(lines(done)).hasSize(2).doesNotHaveDuplicates();
        assertThat(lines(failing)).hasSize(MOST_RECEIVES).containsOnly(lines(failing).get(0));
        assertThat(left(queue)).isZero();
        assertThat(journal.invocations()).extracting(Journal.Invocation::result)
                .contains("2 done, 1 given back", "0 done, 1 given back");
    }

    @Test
    void deletesTheWholeBatchWhereTheTemplateWantsNoReportOfFailures() throws Exception {
        Queue queue = queue(1);
        Path failing = directory.resolve("failing");
        sendBatch(queue, "fail " + failing);

        open(queue, 10, Duration.ZERO, 1, false);

        until(() -> !journal.invocations().isEmpty());
        assertThat(journal.invocations().get(0).result()).isEqualTo("1 done, 0 given back");
        assertThat(left(queue)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw out", "exit 3", "answer PGh0bWw+"})
    void givesTheWholeBatchBackWhenTheFunctionFails(String poison) throws Exception {
        Queue queue = queue(30);
        sendBatch(queue, "note " + directory.resolve("done"), poison);

        open(queue, 10, Duration.ZERO, 1, true);

        until(() -> !journal.invocations().isEmpty());
        assertThat(journal.invocations().get(0).result()).startsWith("all given back: ");
        assertThat(left(queue)).isEqualTo(2);
        assertThat(log).singleElement().asString().startsWith("2 of queue ");
    }

    @Test
    void buriesAMessageThatNoAttemptGetsDone() throws Exception {
        Queue queue = queue(1);
        sendBatch(queue, "throw out");

        open(queue, 10, Duration.ZERO, 1, true);

        until(() -> countDead(queue) == 1);
        assertThat(left(queue)).isZero();
        assertThat(log).hasSize(MOST_RECEIVES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}", "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "{\"batchItemFailures\":[{\"id\":\"x\"}]}", "{\"batchItemFailures\":[{\"itemIdentifier\":\"of no message\"}]}",
        "{\"batchItemFailures\":\"all\"}"})
    void givesTheWholeBatchBackForAnAnswerThatDoesNotSayWhatFailed(String answer) throws Exception {
        Queue queue = queue(30);
        sendBatch(queue, answering(answer));

        open(queue, 10, Duration.ZERO, 1, true);

        until(() -> !journal.invocations().isEmpty());
        assertThat(journal.invocations().get(0).result()).startsWith("all given back: The answer");
        assertThat(left(queue)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"batchItemFailures\":null}", "{\"batchItemFailures\":[]}", ""})
    void takesAnAnswerWithoutFailuresForSuccess(String answer) throws Exception {
        Queue queue = queue(30);
        sendBatch(queue, answering(answer));

        open(queue, 10, Duration.ZERO, 1, true);

        until(() -> !journal.invocations().isEmpty());
        assertThat(journal.invocations().get(0).result()).isEqualTo("1 done, 0 given back");
        assertThat(left(queue)).isZero();
    }

    @Test
    void bringsTheMessagesOfAKilledProcessAgain() throws Exception {
        Queue queue = queue(2);
        Path file = directory.resolve("file");
        Path done = directory.resolve("done");
        sendBatch(queue, "note " + done, "await " + file);
        open(queue, 10, Duration.ZERO, 1, true);
        until(() -> Files.exists(Path.of(file + ".busy")));

        Files.delete(Path.of(file + ".busy"));
        assertThat(worker.killAll()).isGreaterThan(0);
        until(() -> Files.exists(Path.of(file + ".busy")));
        Files.createFile(file);

        until(() -> left(queue) == 0);
        assertThat(lines(done)).hasSize(2);
        assertThat(log).singleElement().asString().contains("The process ended with status");
    }

    @Test
    void reachesTheWorkerAtOnce() throws Exception {
        Queue queue = queue(30);
        open(queue, 10, Duration.ZERO, 2, true);
        warmUp(queue);
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Path file = directory.resolve("file" + i);
            sendBatch(queue, "note " + file);
            long sent = System.nanoTime();
            until(() -> Files.exists(file));
            millis.add((System.nanoTime() - sent) / 1_000_000);
        }

        assertThat(millis.stream().sorted().toList().get(5)).as("median of %s ms", millis).isLessThan(100);
    }

    @Test
    void fillsABatchWhileItsWindowIsOpen() throws Exception {
        Queue queue = queue(30);
        Path file = directory.resolve("file");
        open(queue, 3, Duration.ofSeconds(20), 1, true);

        sendBatch(queue, "note " + file);
        sendBatch(queue, "note " + file);
        sendBatch(queue, "note " + file);

        until(() -> !journal.invocations().isEmpty());
        assertThat(journal.invocations()).singleElement().extracting(Journal.Invocation::cause)
                .isEqualTo("3 of queue " + queue.name());
    }

    @Test
    void givesABatchOnWhenItsWindowCloses() throws Exception {
        Queue queue = queue(30);
        open(queue, 3, Duration.ofSeconds(1), 1, true);

        sendBatch(queue, "note " + directory.resolve("file"));

        until(() -> !journal.invocations().isEmpty());
        assertThat(journal.invocations().get(0).cause()).startsWith("1 of queue ");
    }

    @Test
    void takesNoMessageOnceItIsClosed() throws Exception {
        Queue queue = queue(30);
        EventSource source = open(queue, 10, Duration.ZERO, 2, true);
        warmUp(queue);

        source.close();
        sendBatch(queue, "note " + directory.resolve("file"));

        assertThat(left(queue)).isEqualTo(1);
        assertThat(directory.resolve("file")).doesNotExist();
    }

    private void warmUp(Queue queue) throws Exception {
        Path file = directory.resolve("warm");
        sendBatch(queue, "note " + file);
        until(() -> Files.exists(file) && left(queue) == 0);
    }

    private EventSource open(Queue queue, int batchSize, Duration window, int concurrency, boolean partialFailure) {
        EventSource source = EventSource.start(queue, worker,
                new EventSource.Settings(batchSize, window, concurrency, partialFailure, "eu-west-1"), engine, journal, log::add);
        sources.add(source);
        return source;
    }

    /** Makes a queue with a dead-letter queue. */
    private Queue queue(int visibilitySeconds) throws Exception {
        String name = LocalSqs.uniqueName();
        String dead = LocalSqs.arn(name + "-dead");
        engine.create(name + "-dead", Map.of());
        String url = engine.create(name, Map.of("VisibilityTimeout", Integer.toString(visibilitySeconds), "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"" + dead + "\",\"maxReceiveCount\":" + MOST_RECEIVES + "}"));
        return new Queue(name, url, LocalSqs.arn(name), "Shop/" + name, Duration.ofSeconds(visibilitySeconds),
                Optional.of(new Queue.Redrive(dead, MOST_RECEIVES)));
    }

    private static void sendBatch(Queue queue, String... bodies) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (String body : bodies) {
            entries.add(SendMessageBatchRequestEntry.builder().id("m" + entries.size()).messageBody(body).build());
        }
        assertThat(client.sendMessageBatch(send -> send.queueUrl(queue.url()).entries(entries)).hasFailed()).isFalse();
    }

    private static String answering(String answer) {
        return "answer " + Base64.getEncoder().encodeToString(answer.getBytes(StandardCharsets.UTF_8));
    }

    private long left(Queue queue) throws Exception {
        Queues queues = new Queues(engine);
        queues.add(queue);
        Queues.View view = queues.views().get(0);
        return view.waiting() + view.inFlight() + view.delayed();
    }

    private long countDead(Queue queue) throws Exception {
        return Long.parseLong(engine.attributes(queue.url() + "-dead").get("ApproximateNumberOfMessages"));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("the end of the time for it").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
