package dev.plinth.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.activity.Happening;
import dev.plinth.contract.Metric;
import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.MortalAws;
import dev.plinth.notices.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobRelayTest {
    private final Workshop shop = new Workshop(JobKind.DEPLOYMENT);
    private final UUID project = UUID.randomUUID();

    @BeforeEach
    void startAnew() {
        shop.aws().live();
    }

    @Test
    void sendsAJobWhoseMessageWasNotSentAndNotBeforeItIsTime() {
        UUID id = shop.add(project, "QUEUED", Map.of());
        shop.relay();
        assertThat(shop.aws().sent()).isEmpty();

        shop.clock().advance(Duration.ofSeconds(31));
        shop.relay();

        assertThat(shop.aws().sent()).singleElement().satisfies(sent -> {
            assertThat(sent.body().get("type").getStringValue()).isEqualTo("deployment-requested");
            assertThat(sent.body().get("jobId").getStringValue()).isEqualTo(id.toString());
            assertThat(sent.queueUrl()).isEqualTo(Workshop.QUEUE);
        });
        shop.relay();
        assertThat(shop.aws().sent()).as("once, until it is time again").hasSize(1);
    }

    @Test
    void sendsLessAndLessOftenAndThenHasTheJobEnded() {
        UUID id = shop.add(project, "QUEUED", Map.of());
        List<Integer> minutes = new ArrayList<>();
        int minute = 0;
        while (shop.aws().sent().isEmpty() || last().endsWith("requested")) {
            shop.clock().advance(Duration.ofMinutes(1));
            minute++;
            int before = shop.aws().sent().size();
            shop.relay();
            if (shop.aws().sent().size() > before) {
                minutes.add(minute);
            }
        }

        assertThat(minutes).as("ten times again, and then it is given up")
                .containsExactly(1, 2, 4, 8, 16, 32, 64, 124, 184, 244, 304);
        assertThat(last()).isEqualTo("deployment-abandoned");
        shop.deliver(never(), Ask.ABANDONED, id, 1);
        assertThat(shop.find(id).status()).isEqualTo("GIVEN_UP");
        assertThat(shop.find(id).reason()).contains("No worker took this on, though it was sent 11 times again.");
        assertThat(shop.find(id).checkAt()).isEmpty();
        assertThat(shop.aws().published()).hasSize(1);
    }

    @Test
    void endsNoJobThatSomebodyHasTakenOnSinceItWasGivenUp() {
        UUID id = shop.add(project, "QUEUED", Map.of());
        for (int i = 0; i < 11; i++) {
            shop.clock().advance(Duration.ofHours(2));
            shop.relay();
        }
        assertThat(last()).isEqualTo("deployment-abandoned");
        shop.deliver(continuing(), Ask.REQUESTED, id, 1);

        shop.deliver(continuing(), Ask.ABANDONED, id, 1);

        assertThat(shop.find(id).isLive()).isTrue();
    }

    @Test
    void hasAJobEndedWhoseWorkerDiedAtEachAttempt() {
        UUID id = shop.add(project, "QUEUED", Map.of());
        for (int attempt = 1; attempt <= 5; attempt++) {
            shop.aws().interrupt("SQS.ChangeMessageVisibility", () -> shop.aws().dieAt(1, MortalAws.Moment.BEFORE));
            assertThatThrownBy(() -> shop.deliver(continuing(), Ask.REQUESTED, id, 1))
                    .isInstanceOf(MortalAws.Killed.class);
            shop.aws().live();
            shop.passCheck();
        }

        shop.relay();

        assertThat(last()).isEqualTo("deployment-abandoned");
        shop.deliver(never(), Ask.ABANDONED, id, 1);
        assertThat(shop.find(id).reason()).contains("The worker died 5 times, and this was tried 5 times in all.");
    }

    @Test
    void leavesAJobAloneThatAWorkerHolds() {
        UUID id = shop.add(project, "QUEUED", Map.of());
        JobWork slow = new Given(held -> {
            shop.clock().advance(Duration.ofSeconds(59));
            shop.relay();
            assertThat(shop.aws().sent()).isEmpty();
            return new Step.Continued(Duration.ZERO, Map.of());
        });

        shop.deliver(slow, Ask.REQUESTED, id, 1);

        assertThat(last()).isEqualTo("deployment-continued");
    }

    @Test
    void sendsAJobAgainThatHasEndedAndOfWhichNobodyWasTold() {
        UUID id = shop.add(project, "QUEUED", Map.of());
        shop.aws().fail("SNS.Publish"::equals, false);
        JobWork ending = new Given(held -> end(held.job(), "DONE", "because"));
        assertThatThrownBy(() -> shop.deliver(ending, Ask.REQUESTED, id, 1)).isInstanceOf(Failure.class);
        shop.aws().live();
        shop.passCheck();

        shop.relay();
        assertThat(last()).as("an end is never given up").isEqualTo("deployment-requested");
        shop.deliver(never(), Ask.REQUESTED, id, 1);

        assertThat(shop.aws().published()).hasSize(1);
        assertThat(shop.find(id).checkAt()).isEmpty();
    }

    @Test
    void keepsJobsWhileTheQueueIsDownAndSendsThemAfterwards() {
        for (int i = 0; i < 30; i++) {
            shop.add(project, "QUEUED", Map.of());
        }
        shop.clock().advance(Duration.ofMinutes(1));
        shop.aws().fail("SQS.SendMessage"::equals, false);
        assertThatThrownBy(shop::relay).isInstanceOf(Failure.class);
        assertThat(shop.aws().sent()).isEmpty();
        shop.aws().live();

        shop.relay();

        assertThat(shop.aws().sent()).as("all pages").hasSize(30);
    }

    private String last() {
        List<MortalAws.Sent> sent = shop.aws().sent();
        return sent.get(sent.size() - 1).body().get("type").getStringValue();
    }

    private JobWork never() {
        return new Given(held -> {
            throw new AssertionError("worked on job " + held.job().id());
        });
    }

    private JobWork continuing() {
        return new Given(held -> new Step.Continued(Duration.ZERO, Map.of()));
    }

    private Step.Ended end(Job job, String status, String reason) {
        return new Step.Ended(status, Optional.of(reason), Map.of(),
                new Happening(job.projectId(), Optional.empty(), "deployment.ended", job.id().toString(), Map.of(),
                        Map.of(), shop.clock().instant()),
                new Notice(job.id().toString(), Notice.Event.DEPLOYMENT_ENDED, job.projectId(), job.id(),
                        Notice.Outcome.FAILED, Optional.empty(), shop.clock().instant()),
                Metric.DEPLOYMENTS_FAILED, Optional.empty());
    }

    private final class Given implements JobWork {
        private final Function<HeldJob, Step> doing;

        Given(Function<HeldJob, Step> doing) {
            this.doing = doing;
        }

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
            return end(job, "GIVEN_UP", reason);
        }
    }
}
