package dev.plinth.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.LocalBucket;
import dev.plinth.functions.aws.MortalAws;
import dev.plinth.functions.aws.MortalAws.Moment;
import dev.plinth.generator.Generator;
import dev.plinth.generator.Snapshot;
import dev.plinth.jobs.Ask;
import dev.plinth.jobs.Job;
import dev.plinth.jobs.JobKind;
import dev.plinth.jobs.JobWork;
import dev.plinth.jobs.LeaseLost;
import dev.plinth.jobs.NewJob;
import dev.plinth.jobs.Workshop;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The worker of code generations, on DynamoDB Local and S3Proxy, with a process that dies where a test says. */
class GenerationWorkTest {
    private static final Workshop SHOP = new Workshop(JobKind.GENERATION);

    private LocalBucket bucket;
    private UUID project;

    @BeforeEach
    void startAnew() {
        begin();
    }

    private void begin() {
        SHOP.aws().live();
        SHOP.aws().forget();
        bucket = new LocalBucket();
        project = UUID.randomUUID();
    }

    @Test
    void storesArchiveDiagramAndTemplate() throws Exception {
        UUID id = order();

        SHOP.deliver(work(), Ask.REQUESTED, id, 1);

        assertEndedOnce(id, 1);
        byte[] archive = bucket.bytes("archives/" + project + "/" + id + ".zip");
        Generation generation = GenerationItems.generation(SHOP.find(id));
        assertThat(generation.archive()).contains(new Generation.Archive(archive.length,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive)),
                entries(archive).size()));
        assertThat(entries(archive)).contains("README.md", "database/schema.sql", "infrastructure/template.json");
        assertThat(bucket.bytes("diagrams/" + project + "/" + id + ".svg")).asString().startsWith("<svg");
        assertThat(bucket.bytes("templates/" + project + "/" + id + ".json")).asString()
                .contains("AWS::SQS::Queue");
    }

    @Test
    void tellsTheTopicWhatEndedForFiltersAndQueues() {
        UUID id = order();

        SHOP.deliver(work(), Ask.REQUESTED, id, 1);

        Map<String, String> published = SHOP.aws().published().get(0);
        assertThat(published).containsEntry("MessageStructure", "json")
                .containsEntry("Subject", "Plinth: code generation succeeded");
        assertThat(attributes(published)).isEqualTo(Map.of("event", "generation.ended",
                "project", project.toString(), "outcome", "SUCCEEDED"));
        assertThat(published.get("Message")).contains("\"sqs\":\"{\\\"id\\\":\\\"" + id + "\\\","
                + "\\\"event\\\":\\\"generation.ended\\\",\\\"project\\\":\\\"" + project + "\\\"");
    }

    @Test
    void endsOnceWithOneArchiveWhereverTheWorkerDies() {
        int calls = calls();
        for (Moment moment : Moment.values()) {
            for (int call = 1; call <= calls; call++) {
                begin();
                UUID id = order();
                List<String> operations = dies(id, call, moment);

                SHOP.passLease();
                SHOP.deliver(work(), Ask.REQUESTED, id, 2);

                assertEndedOnce(id, notices(operations, moment));
            }
        }
    }

    @Test
    void endsOnceByTheRelayWhereverTheWorkerDiesAndItsMessageIsLost() {
        int calls = calls();
        for (Moment moment : Moment.values()) {
            for (int call = 1; call <= calls; call++) {
                begin();
                UUID id = order();
                List<String> operations = dies(id, call, moment);

                SHOP.passCheck();
                SHOP.relay();
                assertThat(sentOf(id)).as("death %s call %s", moment, call)
                        .hasSize(isTold(operations, moment) ? 0 : 1);
                SHOP.deliver(work(), Ask.REQUESTED, id, 1);

                assertEndedOnce(id, notices(operations, moment));
            }
        }
    }

    @Test
    void endsOnceWhicheverServiceFailsForAWhile() {
        UUID first = order();
        SHOP.deliver(work(), Ask.REQUESTED, first, 1);
        Set<String> operations = new LinkedHashSet<>(SHOP.aws().operations());
        for (boolean takesEffect : new boolean[] {false, true}) {
            for (String operation : operations) {
                begin();
                UUID id = order();
                SHOP.aws().fail(operation::equals, takesEffect);
                int failures = 0;
                try {
                    SHOP.deliver(work(), Ask.REQUESTED, id, 1);
                } catch (Failure unavailable) {
                    failures++;
                }
                assertThat(failures).as("hiding the message may fail, and nothing else: " + operation)
                        .isEqualTo(operation.equals("SQS.ChangeMessageVisibility") ? 0 : 1);
                SHOP.aws().live();

                SHOP.passLease();
                SHOP.deliver(work(), Ask.REQUESTED, id, 2);

                // The SDK makes three attempts, and the topic took each of them.
                assertEndedOnce(id, takesEffect && operation.equals("SNS.Publish") ? 4 : 1);
            }
        }
    }

    @Test
    void endsOnceWhenAMessageIsDeliveredTwiceAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 10; round++) {
                begin();
                UUID id = order();
                CyclicBarrier start = new CyclicBarrier(2);
                Callable<Boolean> delivery = () -> {
                    start.await();
                    try {
                        SHOP.deliver(work(), Ask.REQUESTED, id, 1);
                        return true;
                    } catch (Failure putBack) {
                        return false;
                    }
                };
                int handled = 0;
                for (Future<Boolean> done : threads.invokeAll(List.of(delivery, delivery))) {
                    handled += done.get() ? 1 : 0;
                }
                assertThat(handled).isPositive();
                assertEndedOnce(id, 1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void doesNoHarmByAnUploadAfterTheLeaseWasLost() {
        UUID id = order();
        SHOP.aws().interrupt("S3.PUT", () -> {
            SHOP.passLease();
            SHOP.deliver(work(), Ask.REQUESTED, id, 2);
        });

        assertThatThrownBy(() -> SHOP.deliver(work(), Ask.REQUESTED, id, 1)).isInstanceOf(LeaseLost.class);

        assertEndedOnce(id, 1);
    }

    @Test
    void acknowledgesAMessageThatComesLongAfterTheEnd() {
        UUID id = order();
        SHOP.deliver(work(), Ask.REQUESTED, id, 1);
        SHOP.clock().advance(GenerationItems.KEPT.minusDays(1));

        SHOP.deliver(work(), Ask.ABANDONED, id, 1);

        assertEndedOnce(id, 1);
        SHOP.table().empty();
        SHOP.deliver(work(), Ask.REQUESTED, id, 1);
        assertThat(SHOP.aws().sent()).as("an expired job is nobody's").hasSize(1)
                .allSatisfy(sent -> assertThat(sent.queueUrl()).isEqualTo(Workshop.DEAD_LETTERS));
    }

    @Test
    void endsAtOnceWhatNoOtherAttemptCouldCure() {
        UUID unreadable = order(new byte[] {1, 2, 3});
        SHOP.deliver(work(), Ask.REQUESTED, unreadable, 1);

        Job job = SHOP.find(unreadable);
        assertThat(job.status()).isEqualTo("FAILED");
        assertThat(job.reason())
                .contains("What this is generated from cannot be read. Ask for another generation.");
        assertThat(job.checkAt()).isEmpty();
        assertThat(bucket.keys()).isEmpty();
        assertThat(SHOP.activity().types(project)).containsExactly("generation.failed");
        assertThat(SHOP.activity().figures(project)).containsExactly(Map.entry("generationsFailed", 1L));
        assertThat(attributes(SHOP.aws().published().get(0))).containsEntry("outcome", "FAILED");
    }

    @Test
    void givesTheSameBytesForTheSameInput() {
        UUID first = order();
        UUID second = order();
        SHOP.deliver(work(), Ask.REQUESTED, first, 1);
        SHOP.deliver(work(), Ask.REQUESTED, second, 1);

        assertThat(bucket.bytes(Artifact.ARCHIVE.key(project, first)))
                .isEqualTo(bucket.bytes(Artifact.ARCHIVE.key(project, second)));
    }

    /** Returns how many calls a generation takes. */
    private int calls() {
        UUID id = order();
        SHOP.aws().live();
        SHOP.deliver(work(), Ask.REQUESTED, id, 1);
        assertThat(SHOP.aws().operations()).containsSubsequence("DynamoDB.GetItem", "DynamoDB.UpdateItem",
                "SQS.ChangeMessageVisibility", "DynamoDB.GetItem", "S3.PUT", "S3.PUT", "S3.PUT",
                "DynamoDB.TransactWriteItems", "SNS.Publish", "DynamoDB.UpdateItem");
        return SHOP.aws().operations().size();
    }

    /** Returns the operations of a worker that died at the last of them. */
    private List<String> dies(UUID id, int call, Moment moment) {
        SHOP.aws().dieAt(call, moment);
        assertThatThrownBy(() -> SHOP.deliver(work(), Ask.REQUESTED, id, 1)).isInstanceOf(MortalAws.Killed.class);
        List<String> operations = SHOP.aws().operations();
        SHOP.aws().live();
        return operations;
    }

    /** The notice comes twice only when the worker dies between the topic's answer and the note that it was told. */
    private static int notices(List<String> operations, Moment moment) {
        int publish = operations.indexOf("SNS.Publish");
        boolean published = publish >= 0 && (publish < operations.size() - 1 || moment == Moment.AFTER);
        return published && !isTold(operations, moment) ? 2 : 1;
    }

    private static boolean isTold(List<String> operations, Moment moment) {
        int publish = operations.indexOf("SNS.Publish");
        return publish >= 0 && publish < operations.size() - 1 && moment == Moment.AFTER;
    }

    private void assertEndedOnce(UUID id, int notices) {
        Job job = SHOP.find(id);
        assertThat(job.status()).isEqualTo("SUCCEEDED");
        assertThat(job.checkAt()).as("nothing left to do").isEmpty();
        assertThat(job.notice()).isEmpty();
        assertThat(bucket.keys()).containsExactlyInAnyOrder(Artifact.ARCHIVE.key(project, id),
                Artifact.DIAGRAM.key(project, id), Artifact.TEMPLATE.key(project, id));
        assertThat(bucket.versions()).as("one of each").isEqualTo(3);
        assertThat(SHOP.activity().types(project)).containsExactly("generation.succeeded");
        assertThat(SHOP.activity().figures(project)).containsEntry("generationsSucceeded", 1L);
        assertThat(SHOP.aws().published()).hasSize(notices);
        assertThat(noticeIds()).containsOnly(id.toString());
    }

    private static List<String> noticeIds() {
        return SHOP.aws().published().stream().map(published -> published.get("Message")
                .replaceAll("(?s).*\\\\\"id\\\\\":\\\\\"([0-9a-f-]{36})\\\\\".*", "$1")).toList();
    }

    private static List<MortalAws.Sent> sentOf(UUID id) {
        return SHOP.aws().sent().stream()
                .filter(sent -> sent.body().get("jobId").getStringValue().equals(id.toString())).toList();
    }

    private static Map<String, String> attributes(Map<String, String> published) {
        Map<String, String> attributes = new HashMap<>();
        for (int entry = 1; entry <= 3; entry++) {
            String prefix = "MessageAttributes.entry." + entry;
            attributes.put(published.get(prefix + ".Name"), published.get(prefix + ".Value.StringValue"));
        }
        return attributes;
    }

    /** Returns the work of a new process. */
    private JobWork work() {
        return new GenerationWork(snapshots(), new Generator(), new Artifacts(
                LocalBucket.client(SHOP.aws()), Storage.environment(bucket.name())), SHOP.clock());
    }

    private static Snapshots snapshots() {
        return new Snapshots(SHOP.dynamo(), SHOP.names(), Snapshot.inputs());
    }

    private UUID order() {
        return order(snapshots().write(Snapshot.shop()));
    }

    private UUID order(byte[] snapshot) {
        UUID id = UUID.randomUUID();
        Instant now = SHOP.clock().instant();
        SHOP.jobs().add(new NewJob(id, project, UUID.randomUUID(), "QUEUED", now,
                GenerationItems.order(UUID.randomUUID(), UUID.randomUUID(), now)),
                List.of(TransactWriteItem.builder().put(put -> put.tableName(SHOP.table().name())
                        .item(GenerationItems.input(id, snapshot, now))).build()));
        SHOP.aws().live();
        return id;
    }

    private static List<String> entries(byte[] archive) throws Exception {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
