package dev.plinth.generation;

import dev.plinth.activity.Happening;
import dev.plinth.contract.Metric;
import dev.plinth.generator.GeneratedProject;
import dev.plinth.generator.GenerationInput;
import dev.plinth.generator.Generator;
import dev.plinth.jobs.HeldJob;
import dev.plinth.jobs.Job;
import dev.plinth.jobs.JobKind;
import dev.plinth.jobs.JobWork;
import dev.plinth.jobs.Step;
import dev.plinth.notices.Notice;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Generates what a job orders and stores it. Every attempt does all of it: the same input gives the same bytes under
 * the same keys, and what an earlier attempt has stored stays.
 */
@Singleton
@Requires(env = "generation-worker")
final class GenerationWork implements JobWork {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationWork.class);

    private final Snapshots snapshots;
    private final Generator generator;
    private final Artifacts artifacts;
    private final Clock clock;

    GenerationWork(Snapshots snapshots, Generator generator, Artifacts artifacts, Clock clock) {
        this.snapshots = snapshots;
        this.generator = generator;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    @Override
    public JobKind kind() {
        return JobKind.GENERATION;
    }

    @Override
    public String statusAtWork(Job job) {
        return GenerationStatus.RUNNING.name();
    }

    @Override
    public Step work(HeldJob held) {
        Optional<GenerationInput> input = snapshots.find(held.job().id());
        if (input.isEmpty()) {
            return givenUp(held.job(), "What this is generated from cannot be read. Ask for another generation.");
        }
        Optional<GeneratedProject> generated = generated(held.job(), input.get());
        return generated.<Step>map(project -> succeeded(held, project)).orElseGet(() -> givenUp(held.job(),
                "The generator failed. Operators find why in the log."));
    }

    /** The generator is the same function at each attempt, so what it throws once it throws always. */
    private Optional<GeneratedProject> generated(Job job, GenerationInput input) {
        try {
            return Optional.of(generator.generate(input));
        } catch (RuntimeException mistake) {
            LOG.atError().addKeyValue("jobId", job.id()).setCause(mistake).log("generator failed");
            return Optional.empty();
        }
    }

    private Step.Ended succeeded(HeldJob held, GeneratedProject generated) {
        Job job = held.job();
        Stored archive = store(held, Artifact.ARCHIVE, generated::writeTo);
        store(held, Artifact.DIAGRAM, stream -> stream.write(generated.diagram()));
        store(held, Artifact.TEMPLATE, stream -> stream.write(generated.template()));
        Instant now = now();
        long millis = job.startedAt().map(started -> Duration.between(started, now).toMillis()).orElse(0L);
        return new Step.Ended(GenerationStatus.SUCCEEDED.name(), Optional.empty(),
                GenerationItems.result(new Generation.Archive(
                        archive.bytes(), archive.sha256(), generated.files().size())),
                happening(job, "generation.succeeded", Map.of(),
                        Map.of("generationsSucceeded", 1L, "generationMillis", millis), now),
                notice(job, Notice.Outcome.SUCCEEDED, Optional.empty(), now), Metric.GENERATIONS_SUCCEEDED,
                Optional.empty());
    }

    private Stored store(HeldJob held, Artifact artifact, Content content) {
        held.requireHeld();
        UUID project = held.job().projectId();
        return artifacts.store(project, held.job().id(), artifact, content);
    }

    @Override
    public Step.Ended givenUp(Job job, String reason) {
        Instant now = now();
        return new Step.Ended(GenerationStatus.FAILED.name(), Optional.of(reason), Map.of(),
                happening(job, "generation.failed", Map.of("reason", reason), Map.of("generationsFailed", 1L), now),
                notice(job, Notice.Outcome.FAILED, Optional.of(reason), now), Metric.GENERATIONS_FAILED,
                Optional.empty());
    }

    private static Happening happening(Job job, String type, Map<String, String> detail, Map<String, Long> figures,
            Instant now) {
        return new Happening(job.projectId(), Optional.empty(), type, job.id().toString(), detail, figures, now);
    }

    /** The notice has the job's id, since a generation ends once. */
    private static Notice notice(Job job, Notice.Outcome outcome, Optional<String> detail, Instant now) {
        return new Notice(job.id().toString(), Notice.Event.GENERATION_ENDED, job.projectId(), job.id(), outcome,
                detail, now);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
