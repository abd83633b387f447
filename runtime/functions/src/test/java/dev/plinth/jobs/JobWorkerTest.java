package dev.plinth.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.activity.Happening;
import dev.plinth.contract.Metric;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.MortalAws;
import dev.plinth.functions.aws.Values;
import dev.plinth.functions.event.Message;
import dev.plinth.notices.Notice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobWorkerTest {
    private static final Workshop SHOP = new Workshop(JobKind.DEPLOYMENT);

    private final UUID project = UUID.randomUUID();

    @BeforeEach
    void startAnew() {
        SHOP.aws().live();
        SHOP.aws().forget();
    }

    @Test
    void takesAJobOnEndsItAndTellsIt() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());

        SHOP.deliver(ending(), Ask.REQUESTED, id, 1);

        Job job = SHOP.find(id);
        assertThat(job.status()).isEqualTo("DONE");
        assertThat(job.endedAt()).contains(SHOP.clock().instant());
        assertThat(job.startedAt()).contains(SHOP.clock().instant());
        assertThat(job.lease()).isEmpty();
        assertThat(job.attributes()).doesNotContainKeys(Attributes.CHECK, Attributes.CHECK_AT, "notice");
        assertEndedOnce(id);
    }

    @Test
    void acknowledgesWhatHasEndedWithoutDoingItAgain() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        SHOP.deliver(ending(), Ask.REQUESTED, id, 1);

        SHOP.deliver(never(), Ask.REQUESTED, id, 1);
        SHOP.deliver(never(), Ask.CONTINUED, id, 1);
        SHOP.deliver(never(), Ask.ABANDONED, id, 1);

        assertEndedOnce(id);
    }

    @Test
    void putsAMessageBackUntilTheLeaseOfAnotherWorkerEnds() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        JobWork meanwhile = working(held -> {
            Message second = SHOP.message(Ask.REQUESTED, id, 1);
            assertThatThrownBy(() -> SHOP.worker(never()).handle(second)).isInstanceOf(Failure.class);
            assertThat(SHOP.aws().hidden()).last()
                    .isEqualTo(new MortalAws.Hidden(second.receiptHandle(), 61));
            return done(held.job());
        });

        SHOP.deliver(meanwhile, Ask.REQUESTED, id, 1);

        assertEndedOnce(id);
    }

    @Test
    void refusesTheEndOfAWorkerThatLostItsLease() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        JobWork slow = working(held -> {
            SHOP.passLease();
            SHOP.deliver(ending(), Ask.REQUESTED, id, 2);
            return done(held.job());
        });

        assertThatThrownBy(() -> SHOP.deliver(slow, Ask.REQUESTED, id, 1)).isInstanceOf(LeaseLost.class);

        assertEndedOnce(id);
    }

    @Test
    void refusesTheEndOfAWorkerWhoseJobIsStillAnothersWork() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        JobWork slow = working(held -> {
            SHOP.passLease();
            JobWork second = working(other -> {
                assertThatThrownBy(() -> SHOP.jobs().end(id, held.owner(), done(held.job()), List.of()))
                        .isInstanceOf(LeaseLost.class);
                return done(other.job());
            });
            SHOP.deliver(second, Ask.REQUESTED, id, 2);
            return done(held.job());
        });

        assertThatThrownBy(() -> SHOP.deliver(slow, Ask.REQUESTED, id, 1)).isInstanceOf(LeaseLost.class);

        assertEndedOnce(id);
    }

    @Test
    void keepsTheLeaseAndHidesTheMessageWhileItWorks() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        Message message = SHOP.message(Ask.REQUESTED, id, 1);
        JobWork slow = working(held -> {
            for (int beat = 0; beat < 5; beat++) {
                SHOP.clock().advance(JobTimes.USUAL.beat());
                SHOP.ticker().beat();
            }
            assertThat(SHOP.find(id).lease().orElseThrow().until())
                    .isEqualTo(SHOP.clock().instant().plus(JobTimes.USUAL.lease()));
            return done(held.job());
        });

        SHOP.worker(slow).handle(message);

        assertThat(SHOP.aws().hidden()).hasSize(6)
                .containsOnly(new MortalAws.Hidden(message.receiptHandle(), 60));
        assertThat(SHOP.ticker().beating()).isZero();
        assertEndedOnce(id);
    }

    @Test
    void worksOnWhenABeatFailsAndTheNextOneDoesNot() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        JobWork slow = working(held -> {
            SHOP.aws().fail(operation -> true, false);
            SHOP.ticker().beat();
            SHOP.aws().fail(operation -> false, false);
            SHOP.clock().advance(JobTimes.USUAL.beat());
            SHOP.ticker().beat();
            held.requireHeld();
            return done(held.job());
        });

        SHOP.deliver(slow, Ask.REQUESTED, id, 1);

        assertEndedOnce(id);
    }

    @Test
    void stopsAtTheNextStepWhenABeatFindsTheLeaseLost() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        JobWork slow = working(held -> {
            SHOP.passLease();
            SHOP.deliver(ending(), Ask.REQUESTED, id, 2);
            SHOP.ticker().beat();
            held.requireHeld();
            throw new AssertionError("went on");
        });

        assertThatThrownBy(() -> SHOP.deliver(slow, Ask.REQUESTED, id, 1)).isInstanceOf(LeaseLost.class);

        assertThat(SHOP.ticker().beating()).isZero();
        assertEndedOnce(id);
    }

    @Test
    void stopsBeatingHoweverTheWorkEnds() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        JobWork failing = working(held -> {
            throw new IllegalStateException("cannot");
        });

        assertThatThrownBy(() -> SHOP.deliver(failing, Ask.REQUESTED, id, 1)).hasMessage("cannot");

        assertThat(SHOP.ticker().beating()).isZero();
    }

    @Test
    void triesAFailedJobAgainAfterAWhileWithoutWaitingForItsLease() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        Message message = SHOP.message(Ask.REQUESTED, id, 1);
        JobWork failing = working(held -> {
            throw new IllegalStateException("cannot");
        });

        assertThatThrownBy(() -> SHOP.worker(failing).handle(message)).hasMessage("cannot");
        assertThat(SHOP.aws().hidden()).last().isEqualTo(new MortalAws.Hidden(message.receiptHandle(), 10));
        SHOP.deliver(ending(), Ask.REQUESTED, id, 2);

        assertThat(SHOP.find(id).deaths()).isZero();
        assertEndedOnce(id);
    }

    @Test
    void endsAJobAsFailedWhenItsLastAttemptFails() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        JobWork failing = working(held -> {
            throw Failure.unavailable("not now", Duration.ofSeconds(1), null);
        });
        for (int receive = 1; receive < 5; receive++) {
            int count = receive;
            assertThatThrownBy(() -> SHOP.deliver(failing, Ask.REQUESTED, id, count)).isInstanceOf(Failure.class);
        }

        SHOP.deliver(failing, Ask.REQUESTED, id, 5);

        assertThat(SHOP.find(id).status()).isEqualTo("GIVEN_UP");
        assertThat(SHOP.find(id).reason()).contains("A service that this depends on did not answer, at 5 attempts.");
        assertEndedOnce(id);
    }

    @Test
    void saysNothingOfAnUnexpectedFailureToPeopleButWhereItIsFound() {
        UUID id = SHOP.add(project, "QUEUED", Map.of("attempts", Values.number(0)));
        JobWork failing = working(held -> {
            throw new IllegalStateException("secret of the house");
        });
        for (int attempt = 1; attempt < 5; attempt++) {
            assertThatThrownBy(() -> SHOP.deliver(failing, Ask.REQUESTED, id, 1)).hasMessageContaining("secret");
        }

        SHOP.deliver(failing, Ask.REQUESTED, id, 1);

        assertThat(SHOP.find(id).reason())
                .contains("This failed unexpectedly, at 5 attempts. Operators find why in the log.");
    }

    @Test
    void leavesAJobToTheRelayInsteadOfMakingItsMessageADeadLetter() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        JobWork failing = working(held -> {
            throw new IllegalStateException("cannot");
        });

        assertThatCode(() -> SHOP.deliver(failing, Ask.REQUESTED, id, 5)).doesNotThrowAnyException();
        SHOP.clock().advance(Duration.ofMinutes(2));
        SHOP.relay();

        assertThat(SHOP.aws().sent()).extracting(sent -> sent.body().get("jobId").getStringValue())
                .contains(id.toString());
        SHOP.deliver(ending(), Ask.REQUESTED, id, 1);
        assertEndedOnce(id);
    }

    @Test
    void endsAJobWhoseWorkerDiedAtEveryAttempt() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        for (int attempt = 1; attempt <= 5; attempt++) {
            die(id, attempt);
        }

        SHOP.deliver(never(), Ask.REQUESTED, id, 1);

        assertThat(SHOP.find(id).status()).isEqualTo("GIVEN_UP");
        assertThat(SHOP.find(id).reason())
                .contains("The worker died 5 times, and this was tried 5 times in all.");
        assertEndedOnce(id);
    }

    @Test
    void countsAttemptsFromZeroWhenAJobGetsOn() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        for (int part = 1; part <= 12; part++) {
            SHOP.deliver(working(held -> new Step.Continued(Duration.ofSeconds(20), Map.of("part", Values.number(7)))),
                    Ask.CONTINUED, id, 1);
        }

        Job job = SHOP.find(id);
        assertThat(job.isLive()).isTrue();
        assertThat(job.lease()).isEmpty();
        assertThat(job.attributes().get("part").n()).isEqualTo("7");
        assertThat(SHOP.aws().sent()).hasSize(12).allSatisfy(sent -> {
            assertThat(sent.body().get("type").getStringValue()).isEqualTo("deployment-continued");
            assertThat(sent.body().get("jobId").getStringValue()).isEqualTo(id.toString());
            assertThat(sent.delaySeconds()).isEqualTo(20);
        });
        SHOP.deliver(ending(), Ask.CONTINUED, id, 1);
        assertEndedOnce(id);
    }

    @Test
    void worksAgainWhenSomethingThatForbidsTheEndCameMeanwhile() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        JobWork cancelled = working(held -> {
            if (held.job().attributes().containsKey("cancelled")) {
                return done(held.job());
            }
            assertThat(SHOP.jobs().note(id, Map.of("cancelled", Values.text("yes")), List.of())).isTrue();
            return end(held.job(), "NOT CANCELLED", Optional.of("cancelled"));
        });

        SHOP.deliver(cancelled, Ask.REQUESTED, id, 1);

        assertThat(SHOP.find(id).status()).isEqualTo("DONE");
        assertEndedOnce(id);
    }

    @Test
    void tellsTheFirstEndOfAJobThatIsLiveAgainBeforeItGoesOn() {
        UUID id = SHOP.add(project, "QUEUED", Map.of());
        SHOP.aws().fail("SNS.Publish"::equals, false);
        assertThatThrownBy(() -> SHOP.deliver(ending(), Ask.REQUESTED, id, 1)).isInstanceOf(Failure.class);
        SHOP.aws().live();
        assertThat(SHOP.jobs().reopen(id, "DONE", "AGAIN", Map.of(), List.of())).isTrue();
        assertThat(SHOP.jobs().reopen(id, "DONE", "AGAIN", Map.of(), List.of())).as("once").isFalse();
        assertThat(SHOP.jobs().note(id, Map.of("seen", Values.text("yes")), List.of())).isTrue();

        SHOP.deliver(working(held -> new Step.Continued(Duration.ZERO, Map.of())), Ask.REQUESTED, id, 1);

        assertThat(SHOP.aws().published()).hasSize(1);
        assertThat(SHOP.find(id).notice()).isEmpty();
        assertThat(SHOP.find(id).checkAt()).as("still looked after").isPresent();
        SHOP.deliver(ending(), Ask.CONTINUED, id, 1);
        assertThat(SHOP.aws().published()).as("each end is told").hasSize(2);
        assertThat(SHOP.find(id).checkAt()).isEmpty();
    }

    @Test
    void buriesAMessageOfAnUnknownTypeOrWithoutAJobWithTheReason() {
        SHOP.worker(never()).handle(SHOP.message(Map.of("type", "generation-requested",
                "jobId", UUID.randomUUID().toString()), 2));
        SHOP.worker(never()).handle(SHOP.message(Map.of("type", "deployment-requested", "jobId", "1-2-3-4-5"), 1));
        UUID nobody = UUID.randomUUID();
        SHOP.worker(never()).handle(SHOP.message(Ask.REQUESTED, nobody, 1));
        SHOP.worker(never()).refuse("{ not json", 4);

        assertThat(SHOP.aws().sent()).extracting(sent -> sent.attributes().get("reason")).containsExactly(
                "The message has no type that this worker knows.",
                "The message has no jobId that is a UUID.",
                "There is no job of this id, or none any more.",
                "The message is not a JSON object.");
        assertThat(SHOP.aws().sent()).extracting(MortalAws.Sent::queueUrl).containsOnly(Workshop.DEAD_LETTERS);
        assertThat(SHOP.aws().sent()).extracting(sent -> sent.attributes().get("attempts"))
                .containsExactly("2", "1", "1", "4");
        assertThat(SHOP.aws().sent()).extracting(sent -> sent.attributes().get("failedAt")).doesNotContainNull();
        assertThat(SHOP.aws().sent().get(2).body().get("jobId").getStringValue()).isEqualTo(nobody.toString());
        assertThat(SHOP.aws().sent().get(3).body().getStringValue()).isEqualTo("{ not json");
    }

    @Test
    void givesAPoisonMessageBackWhenItCannotBeBuried() {
        SHOP.aws().fail("SQS.SendMessage"::equals, false);

        assertThatThrownBy(() -> SHOP.worker(never()).handle(SHOP.message(Map.of("type", "unheard-of"), 1)))
                .isInstanceOfSatisfying(Failure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    private void die(UUID id, int receive) {
        JobWork deadly = working(held -> {
            SHOP.aws().dieAt(1, MortalAws.Moment.BEFORE);
            return done(held.job());
        });
        assertThatThrownBy(() -> SHOP.deliver(deadly, Ask.REQUESTED, id, receive))
                .isInstanceOf(MortalAws.Killed.class);
        SHOP.aws().live();
        SHOP.passLease();
    }

    private void assertEndedOnce(UUID id) {
        assertThat(SHOP.find(id).isLive()).isFalse();
        assertThat(SHOP.find(id).checkAt()).isEmpty();
        assertThat(SHOP.activity().types(project)).hasSize(1);
        assertThat(SHOP.activity().figures(project)).containsExactly(Map.entry("ended", 1L));
        assertThat(SHOP.aws().published()).hasSize(1);
    }

    private static JobWork ending() {
        return working(held -> done(held.job()));
    }

    private static JobWork never() {
        return working(held -> {
            throw new AssertionError("worked on job " + held.job().id());
        });
    }

    private static JobWork working(Function<HeldJob, Step> doing) {
        return new JobWork() {
            @Override
            public JobKind kind() {
                return JobKind.DEPLOYMENT;
            }

            @Override
            public String statusAtWork(Job job) {
                return "AT WORK";
            }

            @Override
            public Step work(HeldJob held) {
                return doing.apply(held);
            }

            @Override
            public Step.Ended givenUp(Job job, String reason) {
                Step.Ended end = end(job, "GIVEN_UP", Optional.empty());
                return new Step.Ended(end.status(), Optional.of(reason), Map.of(), end.happening(), end.notice(),
                        end.metric(), Optional.empty());
            }
        };
    }

    private static Step.Ended done(Job job) {
        return end(job, "DONE", Optional.empty());
    }

    private static Step.Ended end(Job job, String status, Optional<String> unless) {
        return new Step.Ended(status, Optional.empty(), Map.of(),
                new Happening(job.projectId(), Optional.empty(), "deployment.ended", job.id().toString(), Map.of(),
                        Map.of("ended", 1L), SHOP.clock().instant()),
                new Notice(job.id().toString(), Notice.Event.DEPLOYMENT_ENDED, job.projectId(), job.id(),
                        Notice.Outcome.SUCCEEDED, Optional.empty(), SHOP.clock().instant()),
                Metric.DEPLOYMENTS_SUCCEEDED, unless);
    }
}
