package dev.plinth.generation;

import dev.plinth.activity.ActivityWrites;
import dev.plinth.activity.Happening;
import dev.plinth.contract.StudioTable;
import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.idempotency.KeyUse;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.jobs.Ask;
import dev.plinth.jobs.Job;
import dev.plinth.jobs.JobKeys;
import dev.plinth.jobs.JobKind;
import dev.plinth.jobs.JobQueues;
import dev.plinth.jobs.JobTables;
import dev.plinth.jobs.Jobs;
import dev.plinth.jobs.NewJob;
import dev.plinth.workspace.ProjectWrites;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Code generations in their table, and in the queue of their worker. Safe for use by several threads. */
@Singleton
@Requires(env = "studio")
class Generations {
    /** Where the transaction of an order has what can refuse it. */
    private static final int PROJECT = 2;
    private static final int KEY = 3;

    private final StudioTables tables;
    private final Jobs jobs;
    private final JobKeys keys;
    private final JobQueues queues;
    private final ProjectWrites projects;
    private final ActivityWrites activity;

    Generations(StudioTables tables, JobTables jobs, JobQueues queues, ProjectWrites projects,
            ActivityWrites activity) {
        this.tables = tables;
        this.jobs = jobs.of(JobKind.GENERATION);
        this.keys = jobs.keysOf(JobKind.GENERATION);
        this.queues = queues;
        this.projects = projects;
        this.activity = activity;
    }

    /**
     * Writes an order down with all that belongs to it, in one transaction, and tells the worker.
     *
     * @param use of an idempotency key, if the order comes with one
     * @return the earlier use of the key that refused the order; empty when the order was written
     * @throws Failure NOT_FOUND when the project is gone
     */
    Optional<KeyUse<UUID>> add(Order order, byte[] snapshot, Optional<KeyUse<UUID>> use) {
        List<TransactWriteItem> alongside = new ArrayList<>();
        alongside.add(TransactWriteItem.builder().put(put -> put.tableName(tables.nameOf(StudioTable.CODE_GENERATIONS))
                .item(GenerationItems.input(order.id(), snapshot, order.at()))).build());
        alongside.add(projects.stillThere(order.projectId()));
        use.ifPresent(used -> alongside.add(keys.claim(order.requestedBy(), used)));
        alongside.addAll(activity.of(new Happening(order.projectId(), Optional.of(order.requestedBy()),
                "generation.requested", order.id().toString(), Map.of(), Map.of("generationsRequested", 1L),
                order.at())));
        Optional<Cancellation> refused = jobs.add(new NewJob(order.id(), order.projectId(), order.requestedBy(),
                GenerationStatus.QUEUED.name(), order.at(),
                GenerationItems.order(order.schemaId(), order.architectureId(), order.at())), alongside);
        if (refused.isEmpty()) {
            queues.sendSoon(JobKind.GENERATION, Ask.REQUESTED, order.id());
            return Optional.empty();
        }
        projects.refusal(refused.get(), PROJECT).ifPresent(failure -> {
            throw failure;
        });
        return Optional.of(use.flatMap(used -> keys.earlier(refused.get(), KEY, used))
                .orElseThrow(() -> new IllegalStateException("Another generation has the same id")));
    }

    /** Returns the use of an idempotency key by a user, if it is still valid. */
    Optional<KeyUse<UUID>> use(UUID user, String key, Instant now) {
        return keys.find(user, key, now);
    }

    Optional<Generation> find(UUID id) {
        return jobs.find(id).map(GenerationItems::generation);
    }

    /** Returns a page of a project's generations, newest first; it may lag behind the latest writes by a second. */
    IdPage<Generation> ofProject(UUID project, IdPageRequest page) {
        List<Job> found = jobs.ofProject(project, page.after(), page.limit() + 1);
        List<Generation> items = found.stream().limit(page.limit()).map(GenerationItems::generation).toList();
        return new IdPage<>(items, found.size() > page.limit()
                ? Optional.of(items.get(items.size() - 1).id()) : Optional.empty());
    }
}
