package dev.plinth.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.MortalAws;
import dev.plinth.functions.aws.MortalAws.Moment;
import dev.plinth.functions.event.TimeLeft;
import dev.plinth.generator.ResourceTypes;
import dev.plinth.jobs.Ask;
import dev.plinth.jobs.Job;
import dev.plinth.jobs.JobKind;
import dev.plinth.jobs.JobWork;
import dev.plinth.jobs.LeaseLost;
import dev.plinth.jobs.Workshop;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/** The worker, from the message to CloudFormation's API; each delivery is to a new process. */
class DeploymentWorkTest {
    private static final Workshop SHOP = new Workshop(JobKind.DEPLOYMENT);
    private static final FakeCloudFormation CLOUD = new FakeCloudFormation();
    private static final CloudFormationClient CLIENT = CloudFormationClient.builder()
            .endpointOverride(CLOUD.uri())
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(SHOP.aws())
            .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
            .build();
    private static final StackSettings SETTINGS =
            new StackSettings("arn:aws:iam::1:role/deployer", "plinth-test-studio-", "artifacts", "eu-central-1");

    /** Longer than the longest way through a deployment, with deaths. */
    private static final int MOST_DELIVERIES = 400;

    private final UUID generation = UUID.randomUUID();
    private DeploymentTimes times = DeploymentTimes.USUAL;
    private UUID project;
    private UUID id;

    @BeforeEach
    void startAnew() {
        SHOP.aws().live();
        SHOP.aws().forget();
        CLOUD.startAnew();
        project = UUID.randomUUID();
        id = SHOP.add(project, "QUEUED", DeploymentItems.requested(generation));
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        CLOUD.close();
    }

    @Test
    void createsTheStackOfTheTemplateWithItsRoleAndItsTypesOnly() {
        run();

        Deployment deployment = deployment();
        assertThat(deployment.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(deployment.outputs()).isEqualTo(Map.of("JobsUrl", "https://jobs"));
        assertThat(deployment.stack().orElseThrow().name()).isEqualTo("plinth-test-studio-" + id);
        assertThat(deployment.progress().total()).isEqualTo(2);
        assertThat(deployment.progress().there()).isEqualTo(2);
        assertThat(deployment.progress().events()).extracting(ResourceEvent::resource)
                .doesNotContain("plinth-test-studio-" + id);
        Map<String, String> call = CLOUD.calls("CreateChangeSet").get(0);
        assertThat(call).containsEntry("StackName", "plinth-test-studio-" + id).containsEntry("ChangeSetType", "CREATE")
                .containsEntry("RoleARN", "arn:aws:iam::1:role/deployer").containsEntry("OnStackFailure", "ROLLBACK")
                .containsEntry("TemplateURL", "https://artifacts.s3.eu-central-1.amazonaws.com/templates/" + project
                        + "/" + generation + ".json");
        assertThat(call.entrySet().stream().filter(entry -> entry.getKey().startsWith("ResourceTypes.member."))
                .map(Map.Entry::getValue)).containsExactlyInAnyOrderElementsOf(ResourceTypes.ALL);
        assertEndedOnce("deployment.succeeded", "SUCCEEDED");
        assertThat(SHOP.activity().figures(project)).containsEntry("deploymentsSucceeded", 1L);
    }

    @Test
    void deletesWhatFailedAndTellsWhyInWords() {
        CLOUD.failCreations();

        run();

        Deployment deployment = deployment();
        assertThat(deployment.status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(deployment.reason()).contains("Jobs (AWS::SQS::Queue) could not be created: the queue is broken");
        assertThat(deployment.gone()).isTrue();
        assertThat(statuses()).containsExactly("DELETE_COMPLETE");
        assertEndedOnce("deployment.failed", "FAILED");
        assertThat(SHOP.activity().figures(project)).containsEntry("deploymentsFailed", 1L);
    }

    @Test
    void saysWhatIsLeftOfAFailedDeployment() {
        CLOUD.failCreations();
        CLOUD.failDeletions(true);

        run();

        assertThat(deployment().status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(deployment().gone()).isFalse();
        assertThat(deployment().reason().orElseThrow()).contains("the queue is broken",
                "Jobs (AWS::SQS::Queue) could not be deleted: the queue is not empty");
    }

    @Test
    void failsWithTheRefusalOfTheTemplate() {
        CLOUD.refuseChangeSets("S3 error: The specified key does not exist.");

        run();

        assertThat(deployment().status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(deployment().reason())
                .contains("CloudFormation refuses: S3 error: The specified key does not exist.");
        assertThat(deployment().gone()).isTrue();
        assertThat(CLOUD.stacks()).isEmpty();
    }

    @Test
    void failsWithTheReasonOfTheChangeSet() {
        CLOUD.failChangeSets("No such type");

        run();

        assertThat(deployment().reason()).contains("The template was not accepted: No such type");
        assertThat(statuses()).containsExactly("DELETE_COMPLETE");
    }

    @Test
    void failsWhenSomebodyElseDeletesTheStack() {
        CLOUD.standStill(true);
        deliver(Ask.REQUESTED);
        CLOUD.deleteFromOutside();

        run();

        assertThat(deployment().status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(deployment().reason()).contains("Its stack was deleted by somebody else.");
        assertThat(CLOUD.calls("CreateChangeSet")).hasSize(1);
    }

    @Test
    void goesOnByAMessageWhenAnInvocationHasHadItsTime() {
        CLOUD.standStill(true);
        Instant start = SHOP.clock().instant();

        deliver(Ask.REQUESTED);

        // With the delay of the message that continues it.
        assertThat(Duration.between(start, SHOP.clock().instant()))
                .isBetween(Duration.ofSeconds(90), times.follow().plus(times.poll()));
        assertThat(SHOP.aws().sent()).singleElement().satisfies(sent ->
                assertThat(sent.body().get("type").getStringValue()).isEqualTo("deployment-continued"));
        assertThat(deployment().status()).isEqualTo(DeploymentStatus.CREATING);
        CLOUD.standStill(false);
        deliver(Ask.CONTINUED);
        assertEndedOnce("deployment.succeeded", "SUCCEEDED");
    }

    @Test
    void endsNoDeploymentForCloudFormationThatThrottles() {
        CLOUD.throttle(true);
        for (int time = 0; time < 10; time++) {
            deliver(Ask.REQUESTED);
        }
        assertThat(deployment().isLive()).isTrue();
        assertThat(SHOP.aws().sent()).hasSize(10).allSatisfy(sent -> assertThat(sent.delaySeconds()).isEqualTo(30));

        CLOUD.throttle(false);
        run();

        assertEndedOnce("deployment.succeeded", "SUCCEEDED");
    }

    @Test
    void endsWithinTwoHoursWhenNothingGetsOn() {
        times = new DeploymentTimes(Duration.ofMinutes(1), Duration.ofMinutes(20), times.most(), times.settled());
        Instant start = SHOP.clock().instant();
        CLOUD.standStill(true);

        run();

        assertThat(deployment().status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(deployment().reason()).contains("It was not done after 60 minutes. Afterwards, its stack was not"
                + " gone after 60 minutes.");
        assertThat(Duration.between(start, SHOP.clock().instant()))
                .isBetween(Duration.ofHours(2), Duration.ofMinutes(125));
    }

    @Test
    void endsInBoundedTimeWhenCloudFormationNeverAnswers() {
        times = new DeploymentTimes(times.poll(), times.follow(), Duration.ofMinutes(5), times.settled());
        CLOUD.throttle(true);

        run();

        assertThat(deployment().status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(deployment().reason().orElseThrow()).contains("could not be found out");
        assertThat(deployment().gone()).isFalse();
    }

    @Test
    void deletesAStackThatIsBeingCreated() {
        CLOUD.standStill(true);
        deliver(Ask.REQUESTED);
        wantDeletion();
        assertThat(deployment().status()).isEqualTo(DeploymentStatus.DELETING);
        CLOUD.standStill(false);

        run();

        assertThat(deployment().status()).isEqualTo(DeploymentStatus.DELETED);
        assertThat(deployment().gone()).isTrue();
        assertThat(statuses()).containsExactly("DELETE_COMPLETE");
        assertEndedOnce("deployment.deleted", "SUCCEEDED");
    }

    @Test
    void waitsForARollbackThatCannotBeBrokenOff() {
        CLOUD.failCreations();
        CLOUD.standStill(true);
        deliver(Ask.REQUESTED);
        wantDeletion();
        CLOUD.standStill(false);

        run();

        assertThat(deployment().status()).isEqualTo(DeploymentStatus.DELETED);
        assertEndedOnce("deployment.deleted", "SUCCEEDED");
    }

    @Test
    void deletesWhatWasNeverBegun() {
        wantDeletion();

        run();

        assertThat(deployment().status()).isEqualTo(DeploymentStatus.DELETED);
        assertThat(CLOUD.stacks()).isEmpty();
        assertThat(CLOUD.calls("CreateChangeSet")).isEmpty();
    }

    @Test
    void prefersTheDeletionToTheEndThatItMeets() {
        SHOP.aws().interrupt("DynamoDB.TransactWriteItems", this::wantDeletion);

        run();

        assertThat(deployment().status()).isEqualTo(DeploymentStatus.DELETED);
        assertEndedOnce("deployment.deleted", "SUCCEEDED");
        assertThat(SHOP.activity().types(project)).doesNotContain("deployment.succeeded");
    }

    @Test
    void deletesAStackThatIsThere() {
        run();
        SHOP.aws().forget();
        reopen();

        run();

        assertThat(deployment().status()).isEqualTo(DeploymentStatus.DELETED);
        assertThat(deployment().progress().there()).isZero();
        assertThat(statuses()).containsExactly("DELETE_COMPLETE");
        assertThat(SHOP.activity().types(project)).containsExactly("deployment.deleted", "deployment.succeeded");
        assertThat(noticeIds()).containsExactly(id + "-deletion-1");
    }

    @Test
    void saysWhyADeletionFailedAndTriesAgainWhenItIsWantedAgain() {
        run();
        CLOUD.failDeletions(true);
        reopen();
        run();
        assertThat(deployment().status()).isEqualTo(DeploymentStatus.DELETE_FAILED);
        assertThat(deployment().reason())
                .contains("Jobs (AWS::SQS::Queue) could not be deleted: the queue is not empty");
        assertThat(deployment().gone()).isFalse();

        CLOUD.failDeletions(false);
        reopen();
        run();

        assertThat(deployment().status()).isEqualTo(DeploymentStatus.DELETED);
        assertThat(deployment().reason()).isEmpty();
        assertThat(noticeIds()).containsExactlyInAnyOrder(id.toString(), id + "-deletion-1", id + "-deletion-2");
    }

    @Test
    void keepsADeploymentWithoutAStackForThirtyDays() {
        wantDeletion();
        run();

        assertThat(SHOP.find(id).attributes().get("expiresAt").n())
                .isEqualTo(Long.toString(SHOP.clock().instant().plus(Duration.ofDays(30)).getEpochSecond()));
    }

    @Test
    void doesNothingTwiceForMessagesThatComeTwiceOrLate() {
        run();

        deliver(Ask.REQUESTED);
        deliver(Ask.CONTINUED);
        deliver(Ask.ABANDONED);

        assertThat(CLOUD.calls("ExecuteChangeSet")).hasSize(1);
        assertEndedOnce("deployment.succeeded", "SUCCEEDED");
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void createsOneStackWhereverTheWorkerIsKilled(Moment moment) {
        for (int call : callsOf(() -> { })) {
            startAnew();
            SHOP.aws().dieAt(call, moment);

            run();

            assertThat(deployment().status()).as("after a death at call %d", call)
                    .isEqualTo(DeploymentStatus.SUCCEEDED);
            assertThat(statuses()).as("after a death at call %d", call).containsExactly("CREATE_COMPLETE");
            assertEndedOnce("deployment.succeeded", "SUCCEEDED");
        }
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void leavesNoStackOfAFailureWhereverTheWorkerIsKilled(Moment moment) {
        for (int call : callsOf(CLOUD::failCreations)) {
            startAnew();
            CLOUD.failCreations();
            SHOP.aws().dieAt(call, moment);

            run();

            assertThat(deployment().status()).as("after a death at call %d", call).isEqualTo(DeploymentStatus.FAILED);
            assertThat(deployment().reason()).as("after a death at call %d", call)
                    .contains("Jobs (AWS::SQS::Queue) could not be created: the queue is broken");
            assertThat(statuses()).as("after a death at call %d", call).containsExactly("DELETE_COMPLETE");
            assertEndedOnce("deployment.failed", "FAILED");
        }
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void deletesTheStackWhereverTheWorkerIsKilled(Moment moment) {
        for (int call : callsOf(this::madeAndWantedToBeDeleted)) {
            startAnew();
            madeAndWantedToBeDeleted();
            SHOP.aws().dieAt(call, moment);

            run();

            assertThat(deployment().status()).as("after a death at call %d", call).isEqualTo(DeploymentStatus.DELETED);
            assertThat(statuses()).as("after a death at call %d", call).containsExactly("DELETE_COMPLETE");
            assertThat(SHOP.activity().types(project)).containsExactly("deployment.deleted", "deployment.succeeded");
            assertThat(noticeIds()).containsExactly(id + "-deletion-1");
        }
    }

    private void madeAndWantedToBeDeleted() {
        run();
        reopen();
        SHOP.aws().live();
        SHOP.aws().forget();
    }

    /**
     * Returns the numbers of the calls that a run makes that nobody interrupts, counted from 1. Of those that come
     * after the same two calls, as in a loop that waits, only the first: a death at another is the same again.
     */
    private List<Integer> callsOf(Runnable before) {
        before.run();
        SHOP.aws().live();
        run();
        List<String> operations = SHOP.aws().operations();
        Set<List<String>> seen = new HashSet<>();
        List<Integer> calls = IntStream.range(0, operations.size())
                .filter(i -> seen.add(List.copyOf(operations.subList(Math.max(0, i - 2), i + 1))))
                .mapToObj(i -> i + 1).toList();
        assertThat(calls).hasSizeGreaterThan(10);
        return calls;
    }

    /** Delivers until the deployment has ended and that is told: again after deaths, as the queue and the relay do. */
    private void run() {
        for (int delivery = 0; delivery < MOST_DELIVERIES; delivery++) {
            deliver(Ask.REQUESTED);
            if (isOver()) {
                return;
            }
            if (SHOP.aws().isDead()) {
                SHOP.aws().live();
                SHOP.passLease();
            }
        }
        assertThat(deployment()).as("after %d deliveries", MOST_DELIVERIES).isNull();
    }

    private boolean isOver() {
        try {
            return !deployment().isLive() && SHOP.find(id).notice().isEmpty();
        } catch (MortalAws.Killed dead) {
            return false;
        }
    }

    private void deliver(Ask ask) {
        int sent = SHOP.aws().sent().size();
        try {
            SHOP.deliver(work(), ask, id, 1);
            SHOP.aws().sent().stream().skip(sent).forEach(next ->
                    SHOP.clock().advance(Duration.ofSeconds(next.delaySeconds())));
        } catch (Failure | LeaseLost | MortalAws.Killed givenBack) {
            SHOP.clock().advance(Duration.ofSeconds(10));
        }
    }

    /** Returns what a new process works with. */
    private JobWork work() {
        Stacks stacks = new CloudFormationStacks(CLIENT, SETTINGS);
        StackLooks looks = new StackLooks(stacks);
        DeploymentEnds ends = new DeploymentEnds(SHOP.clock());
        return new DeploymentWork(new StackCreation(stacks, looks, ends, times, SHOP.clock()),
                new StackRemoval(stacks, looks, times, SHOP.clock()), ends, times, SHOP.clock()::advance,
                new TimeLeft(), SHOP.clock());
    }

    private Deployment deployment() {
        return DeploymentItems.deployment(SHOP.find(id));
    }

    private List<String> statuses() {
        return CLOUD.stacks().stream().map(FakeCloudFormation.Stack::status).toList();
    }

    private void wantDeletion() {
        assertThat(SHOP.jobs().note(id, DeploymentItems.deletion(
                new Deployment.Deletion(SHOP.clock().instant(), 1)), List.of())).isTrue();
    }

    private void reopen() {
        Deployment ended = deployment();
        int number = 1 + ended.deletion().map(Deployment.Deletion::number).orElse(0);
        assertThat(SHOP.jobs().reopen(id, ended.status().name(), "DELETING", DeploymentItems.deletion(
                new Deployment.Deletion(SHOP.clock().instant(), number)), List.of())).isTrue();
    }

    /** One end is recorded and counted. Its notice may have been published twice, and is the same then. */
    private void assertEndedOnce(String type, String outcome) {
        assertThat(SHOP.activity().types(project)).containsExactly(type);
        assertThat(noticeIds()).hasSize(1);
        assertThat(SHOP.aws().published()).allSatisfy(notice -> assertThat(notice.values()).contains(outcome));
        Job job = SHOP.find(id);
        assertThat(job.isLive()).isFalse();
        assertThat(job.checkAt()).isEmpty();
    }

    private Set<String> noticeIds() {
        Pattern ids = Pattern.compile("\"id\":\"([^\"\\\\]+)");
        return SHOP.aws().published().stream().map(notice -> {
            Matcher matcher = ids.matcher(notice.get("Message").replace("\\\"", "\""));
            assertThat(matcher.find()).isTrue();
            return matcher.group(1);
        }).collect(Collectors.toSet());
    }
}
