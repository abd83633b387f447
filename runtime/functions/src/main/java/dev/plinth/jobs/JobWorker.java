package dev.plinth.jobs;

import dev.plinth.activity.ActivityWrites;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.event.Message;
import dev.plinth.functions.event.MessageHandler;
import dev.plinth.functions.event.Unreadable;
import dev.plinth.functions.metrics.Metrics;
import dev.plinth.notices.Notice;
import dev.plinth.notices.Notices;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the messages of a kind of job. What a message asks for, only the job's item decides, so it does no harm when
 * a message comes twice, late or out of order. A process may end at any point: what it had not done, the next delivery
 * of the message does, or the relay's message. Safe for use by several threads.
 */
@Singleton
@Requires(beans = JobWork.class)
final class JobWorker implements MessageHandler, Unreadable {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);

    /** How often the queue gives a message before it is a dead letter; the stack says so, too. */
    private static final int RECEIVES = 5;

    /** Two clocks differ by less. */
    private static final Duration CLOCKS = Duration.ofSeconds(1);

    /** How often an end may be refused because of something that came meanwhile. */
    private static final int ENDS = 3;

    private static final Pattern UUIDS = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final JobWork work;
    private final JobKind kind;
    private final Jobs jobs;
    private final JobQueues queues;
    private final ActivityWrites activity;
    private final Notices notices;
    private final Metrics metrics;
    private final JobTimes times;
    private final Ticker ticker;
    private final Clock clock;

    JobWorker(JobWork work, JobTables tables, JobQueues queues, ActivityWrites activity, Notices notices,
            Metrics metrics, JobTimes times, Ticker ticker, Clock clock) {
        this.work = work;
        this.kind = work.kind();
        this.jobs = tables.of(kind);
        this.queues = queues;
        this.activity = activity;
        this.notices = notices;
        this.metrics = metrics;
        this.times = times;
        this.ticker = ticker;
        this.clock = clock;
    }

    @Override
    public void handle(Message message) {
        Optional<Ask> ask = text(message, JobKind.TYPE).flatMap(kind::ask);
        Optional<UUID> id = text(message, JobKind.JOB_ID).filter(UUIDS.asMatchPredicate()).map(UUID::fromString);
        if (ask.isEmpty() || id.isEmpty()) {
            bury(message, ask.isEmpty() ? "The message has no type that this worker knows."
                    : "The message has no jobId that is a UUID.");
            return;
        }
        String owner = UUID.randomUUID().toString();
        Claim claim = jobs.claim(id.get(), owner, work::statusAtWork);
        if (claim instanceof Claim.Unknown) {
            bury(message, "There is no job of this id, or none any more.");
            return;
        }
        try {
            carryOn(message, ask.get(), claim, owner);
        } catch (RuntimeException failed) {
            if (message.receiveCount() < RECEIVES) {
                throw failed;
            }
            // The job is known to exist and to have something left to do, so the relay will send a message of it: this
            // one need not become a dead letter, which would call an operator to what goes on by itself.
            LOG.atWarn().addKeyValue("jobId", id.get()).setCause(failed).log("job left to the relay");
        }
    }

    /** Puts what is not even JSON into the dead-letter queue, with the reason. */
    @Override
    public void refuse(String body, int receiveCount) {
        queues.bury(kind, body, "The message is not a JSON object.", receiveCount);
        LOG.atError().log("message buried");
    }

    private void carryOn(Message message, Ask ask, Claim claim, String owner) {
        if (claim instanceof Claim.Busy busy) {
            putBack(message, busy);
        } else if (claim instanceof Claim.Over over) {
            over.job().notice().ifPresent(notice -> tell(over.job().id(), notice));
        } else if (claim instanceof Claim.Taken taken) {
            // An end of the job's earlier life that nobody was told of: a deployment's, before its deletion.
            taken.job().notice().ifPresent(notice -> tell(taken.job().id(), notice));
            attempt(message, ask, taken, new HeldJob(jobs, taken.job(), owner));
        }
    }

    /** A message that comes while somebody works on its job waits for the end of the lease. */
    private void putBack(Message message, Claim.Busy busy) {
        Duration left = Duration.between(clock.instant(), busy.until()).plus(CLOCKS);
        queues.hide(kind, message.receiptHandle(), left.compareTo(CLOCKS) < 0 ? CLOCKS : left);
        throw Failure.unavailable("Another worker has the job " + busy.job().id(), left, null);
    }

    private void attempt(Message message, Ask ask, Claim.Taken taken, HeldJob held) {
        Step step;
        Ticker.Ticking beats = ticker.start(times.beat(), () -> beat(message, held));
        try {
            hide(message);
            step = ended(held, first(ask, taken, held), work::work);
        } catch (LeaseLost lost) {
            throw lost;
        } catch (RuntimeException failed) {
            beats.close();
            step = afterFailure(message, held, failed);
        } finally {
            beats.close();
        }
        if (step instanceof Step.Ended ended) {
            tell(held.id(), ended.notice());
        } else if (step instanceof Step.Continued next) {
            jobs.leaveFor(held.id(), held.owner(), next);
            queues.send(kind, Ask.CONTINUED, held.id(), next.delay());
        }
    }

    private Step first(Ask ask, Claim.Taken taken, HeldJob held) {
        if (taken.job().attempts() > times.attempts()) {
            return work.givenUp(taken.job(), "The worker died " + taken.job().deaths() + " times, and this was tried "
                    + times.attempts() + " times in all.");
        }
        if (ask == Ask.ABANDONED && taken.resent() >= times.resends()) {
            return work.givenUp(taken.job(), "No worker took this on, though it was sent " + taken.resent()
                    + " times again.");
        }
        return work.work(held);
    }

    /** Writes the end that a step is, if it is one, and returns the step that came true. */
    private Step ended(HeldJob held, Step first, Function<HeldJob, Step> again) {
        Step step = first;
        for (int refused = 0; step instanceof Step.Ended ended; refused++) {
            held.requireHeld();
            if (jobs.end(held.id(), held.owner(), ended, activity.of(ended.happening()))) {
                metrics.count(ended.metric());
                LOG.atInfo().addKeyValue("jobId", held.id()).addKeyValue("status", ended.status()).log("job ended");
                return ended;
            }
            if (refused == ENDS) {
                throw new IllegalStateException("The end of job " + held.id() + " is refused again and again");
            }
            held.refresh();
            step = again.apply(held);
        }
        return step;
    }

    /** Returns the end of a job that was tried often enough; otherwise lets it be tried again, and throws. */
    private Step afterFailure(Message message, HeldJob held, RuntimeException failed) {
        int attempts = held.job().attempts();
        if (attempts >= times.attempts()) {
            LOG.atError().addKeyValue("jobId", held.id()).setCause(failed).log("job given up");
            String reason = reason(failed, attempts);
            return ended(held, work.givenUp(held.job(), reason), again -> work.givenUp(again.job(), reason));
        }
        Duration wait = times.retryAfter(attempts);
        try {
            jobs.release(held.id(), held.owner(), wait);
            queues.hide(kind, message.receiptHandle(), wait);
        } catch (RuntimeException worse) {
            // The lease and the message's visibility run out by themselves.
            failed.addSuppressed(worse);
        }
        throw failed;
    }

    private static String reason(RuntimeException failed, int attempts) {
        return failed instanceof Failure failure && failure.kind() == Kind.UNAVAILABLE
                ? "A service that this depends on did not answer, at " + attempts + " attempts."
                : "This failed unexpectedly, at " + attempts + " attempts. Operators find why in the log.";
    }

    private void tell(UUID id, Notice notice) {
        notices.publish(notice);
        jobs.told(id, notice.id());
    }

    private void beat(Message message, HeldJob held) {
        try {
            if (jobs.extend(held.id(), held.owner())) {
                hide(message);
            } else {
                held.lose();
            }
        } catch (RuntimeException failed) {
            // The lease lasts for more than one beat, so the next one may be in time.
            LOG.atWarn().addKeyValue("jobId", held.id()).setCause(failed).log("lease not extended");
        }
    }

    /** Hides the message for as long as the lease lasts; one that comes back too early is put back. */
    private void hide(Message message) {
        try {
            queues.hide(kind, message.receiptHandle(), times.lease());
        } catch (RuntimeException failed) {
            LOG.atWarn().addKeyValue("messageId", message.id()).setCause(failed).log("message not hidden");
        }
    }

    private void bury(Message message, String reason) {
        queues.bury(kind, queues.text(message.body()), reason, message.receiveCount());
        LOG.atError().addKeyValue("messageId", message.id()).log("message buried");
    }

    private static Optional<String> text(Message message, String name) {
        return Optional.ofNullable(message.body().get(name)).filter(JsonNode::isString).map(JsonNode::getStringValue);
    }
}
