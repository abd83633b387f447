package dev.plinth.jobs;

import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.contract.StudioTable.Indexes;
import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.Pause;
import dev.plinth.functions.aws.Values;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The jobs of one kind, in their table. Each step of a job's life is one conditional write, so of two workers, or two
 * deliveries of a message, one takes it. Safe for use by several threads.
 */
public final class Jobs {
    /** Where a transaction has the job; the writes that come with it follow. */
    private static final int JOB = 0;

    /**
     * Ends of one project's jobs meet on the figures of its day and cancel each other. A crowd of them gets through,
     * each pausing for up to 10 milliseconds more after each attempt.
     */
    private static final int CONFLICTS = 10;

    /** How many jobs the relay reads at once. */
    private static final int DUE = 25;

    private final DynamoDbClient dynamo;
    private final JobKind kind;
    private final String table;
    private final JobTimes times;
    private final Clock clock;

    Jobs(DynamoDbClient dynamo, JobKind kind, String table, JobTimes times, Clock clock) {
        this.dynamo = dynamo;
        this.kind = kind;
        this.table = table;
        this.times = times;
        this.clock = clock;
    }

    JobKind kind() {
        return kind;
    }

    /**
     * Adds a job that nobody works on yet, with other writes, in one transaction. Afterwards its message is to be sent;
     * if that fails, the relay sends it.
     *
     * @param alongside writes with conditions of their own
     * @return why it was refused: the job's is the first reason, those of {@code alongside} follow; empty when all was
     *         written
     * @throws Failure UNAVAILABLE when the table does not answer, and it may have been written
     */
    public Optional<Cancellation> add(NewJob job, List<TransactWriteItem> alongside) {
        Put put = Put.builder()
                .tableName(table)
                .item(JobItems.item(job, now().plus(times.check())))
                .conditionExpression("attribute_not_exists(#id)")
                .expressionAttributeNames(Map.of("#id", Attributes.JOB_ID))
                .build();
        return write(TransactWriteItem.builder().put(put).build(), alongside);
    }

    /** Returns a job, read consistently. */
    public Optional<Job> find(UUID id) {
        GetItemRequest request =
                GetItemRequest.builder().tableName(table).key(JobItems.key(id)).consistentRead(true).build();
        GetItemResponse response = AwsFailures.calling(() -> dynamo.getItem(request));
        return response.hasItem() ? Optional.of(JobItems.job(response.item())) : Optional.empty();
    }

    /**
     * Returns the jobs of a project, newest first. The list may lag behind the latest writes by about a second.
     *
     * @param before the job after which the list begins; empty for its start
     */
    public List<Job> ofProject(UUID projectId, Optional<UUID> before, int limit) {
        QueryRequest request = QueryRequest.builder()
                .tableName(table)
                .indexName(Indexes.JOBS_BY_PROJECT)
                .keyConditionExpression("#project = :project" + (before.isPresent() ? " AND #id < :id" : ""))
                .expressionAttributeNames(before.isPresent()
                        ? Map.of("#project", Attributes.PROJECT_ID, "#id", Attributes.JOB_ID)
                        : Map.of("#project", Attributes.PROJECT_ID))
                .expressionAttributeValues(before
                        .map(id -> Map.of(":project", Values.text(projectId), ":id", Values.text(id)))
                        .orElse(Map.of(":project", Values.text(projectId))))
                .scanIndexForward(false)
                .limit(limit)
                .build();
        return AwsFailures.calling(() -> dynamo.query(request)).items().stream().map(JobItems::job).toList();
    }

    /**
     * Notes something in a live job that others work on, for instance that it shall be cancelled, with other writes, in
     * one transaction.
     *
     * @return false when the job has ended meanwhile, and nothing was written
     */
    public boolean note(UUID id, Map<String, AttributeValue> attributes, List<TransactWriteItem> alongside) {
        ItemChange change = new ItemChange()
                .set(attributes)
                .ifPresent(Attributes.JOB_ID)
                .ifAbsent(JobItems.ENDED_AT);
        return isWritten(change.part(table, id), alongside);
    }

    /**
     * Makes an ended job live again, with other work to do, with other writes, in one transaction. Afterwards its
     * message is to be sent.
     *
     * @param from the status that it ended with
     * @param to   the status from now on
     * @return false when the job no longer is as it was, and nothing was written
     */
    public boolean reopen(UUID id, String from, String to, Map<String, AttributeValue> attributes,
            List<TransactWriteItem> alongside) {
        ItemChange change = new ItemChange()
                .set(attributes)
                .set(JobItems.STATUS, Values.text(to))
                .set(JobItems.ATTEMPTS, Values.number(0))
                .set(Attributes.CHECK, Values.text(Attributes.CHECKED))
                .set(Attributes.CHECK_AT, Values.text(now().plus(times.check())))
                .remove(JobItems.ENDED_AT, JobItems.REASON, JobItems.DEATHS, JobItems.RESENT)
                .ifPresent(JobItems.ENDED_AT)
                .ifEqual(JobItems.STATUS, Values.text(from));
        return isWritten(change.part(table, id), alongside);
    }

    /** Takes a job on for a worker, if nobody else has it. */
    Claim claim(UUID id, String owner, Function<Job, String> statusAtWork) {
        Optional<Job> found = find(id);
        if (found.isEmpty()) {
            return new Claim.Unknown();
        }
        Job before = found.get();
        Instant now = now();
        if (!before.isLive()) {
            return new Claim.Over(before);
        }
        if (before.isLeased(now)) {
            return new Claim.Busy(before, before.lease().orElseThrow().until());
        }
        ItemChange change = leased(owner, now)
                .set(JobItems.STATUS, Values.text(statusAtWork.apply(before)))
                .setFirst(JobItems.STARTED_AT, Values.text(now))
                .addOne(JobItems.ATTEMPTS)
                .remove(JobItems.RESENT)
                .ifAbsent(JobItems.ENDED_AT)
                .ifEqual(JobItems.STATUS, Values.text(before.status()))
                .ifAbsentOrAtMost(JobItems.LEASE_UNTIL, Values.text(now));
        if (before.lease().isPresent()) {
            // Whoever ends an attempt gives the lease up.
            change.addOne(JobItems.DEATHS);
        }
        try {
            return new Claim.Taken(update(change, id), before.resent());
        } catch (ConditionalCheckFailedException refused) {
            return refused.hasItem() ? classify(JobItems.job(refused.item()), owner, before, now) : new Claim.Unknown();
        }
    }

    /** The item may be ours: the answer to the first of our attempts was lost, and the second one met its effect. */
    private static Claim classify(Job job, String owner, Job before, Instant now) {
        if (!job.isLive()) {
            return new Claim.Over(job);
        }
        if (job.isHeldBy(owner)) {
            return new Claim.Taken(job, before.resent());
        }
        return new Claim.Busy(job, job.lease().map(Job.Lease::until).orElse(now));
    }

    /** Extends a lease; returns false when it is somebody else's by now, or the job has ended. */
    boolean extend(UUID id, String owner) {
        return isTaken(leased(owner, now()), id, owner);
    }

    /** @throws LeaseLost when the job is somebody else's by now */
    Job save(UUID id, String owner, Map<String, AttributeValue> attributes) {
        ItemChange change = new ItemChange().set(attributes).ifEqual(JobItems.LEASE_OWNER, Values.text(owner));
        try {
            return update(change, id);
        } catch (ConditionalCheckFailedException refused) {
            throw new LeaseLost(id);
        }
    }

    /**
     * Gives up a lease, so that the next worker need not wait for its end.
     *
     * @param wait when the job is to be taken on again
     */
    void release(UUID id, String owner, Duration wait) {
        isTaken(released(wait), id, owner);
    }

    /**
     * Gives up a lease after the job got on.
     *
     * @throws LeaseLost when the job is somebody else's by now
     */
    void leaveFor(UUID id, String owner, Step.Continued next) {
        ItemChange change = released(next.delay()).set(next.attributes()).set(JobItems.ATTEMPTS, Values.number(0))
                .remove(JobItems.DEATHS);
        if (!isTaken(change, id, owner)) {
            throw new LeaseLost(id);
        }
    }

    /**
     * Ends a job, with other writes, in one transaction.
     *
     * @return false when the job has the attribute that forbids this end
     * @throws LeaseLost when the job is somebody else's by now
     */
    boolean end(UUID id, String owner, Step.Ended ended, List<TransactWriteItem> alongside) {
        Instant now = now();
        ItemChange change = new ItemChange()
                .set(ended.attributes())
                .set(JobItems.STATUS, Values.text(ended.status()))
                .set(JobItems.ENDED_AT, Values.text(now))
                .set(JobItems.NOTICE, JobItems.notice(ended.notice()))
                .set(Attributes.CHECK_AT, Values.text(now.plus(times.check())))
                .remove(JobItems.LEASE_OWNER, JobItems.LEASE_UNTIL)
                .ifEqual(JobItems.LEASE_OWNER, Values.text(owner))
                .ifAbsent(JobItems.ENDED_AT);
        ended.reason().ifPresentOrElse(reason -> change.set(JobItems.REASON, Values.text(reason)),
                () -> change.remove(JobItems.REASON));
        ended.unless().ifPresent(change::ifAbsent);
        Optional<Cancellation> refused = write(change.part(table, id), alongside);
        if (refused.isEmpty()) {
            return true;
        }
        Optional<Job> met = refused.get().itemAgainst(JOB).map(JobItems::job);
        if (met.filter(job -> job.isHeldBy(owner)).isPresent()) {
            return false;
        }
        throw new LeaseLost(id);
    }

    /** Notes that a notice has been published: there is nothing left to do with the job, unless it is live again. */
    void told(UUID id, String noticeId) {
        ItemChange over = new ItemChange()
                .set(JobItems.NOTIFIED_AT, Values.text(now()))
                .remove(JobItems.NOTICE, Attributes.CHECK, Attributes.CHECK_AT, JobItems.RESENT)
                .ifPresent(JobItems.ENDED_AT)
                .ifMemberEqual(JobItems.NOTICE, JobItems.ID, Values.text(noticeId));
        ItemChange live = new ItemChange()
                .remove(JobItems.NOTICE)
                .ifMemberEqual(JobItems.NOTICE, JobItems.ID, Values.text(noticeId));
        if (!isDone(over, id)) {
            isDone(live, id);
        }
    }

    /**
     * Returns ids of jobs at which it is time to look, and where to go on.
     *
     * @param start where the page before ended; empty for the first one
     */
    DuePage due(Map<String, AttributeValue> start) {
        QueryRequest request = QueryRequest.builder()
                .tableName(table)
                .indexName(Indexes.JOBS_BY_CHECK)
                .keyConditionExpression("#check = :live AND #at <= :now")
                .expressionAttributeNames(Map.of("#check", Attributes.CHECK, "#at", Attributes.CHECK_AT))
                .expressionAttributeValues(Map.of(
                        ":live", Values.text(Attributes.CHECKED), ":now", Values.text(now())))
                .exclusiveStartKey(start.isEmpty() ? null : start)
                .limit(DUE)
                .build();
        QueryResponse page = AwsFailures.calling(() -> dynamo.query(request));
        return new DuePage(
                page.items().stream().map(item -> UUID.fromString(item.get(Attributes.JOB_ID).s())).toList(),
                page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of());
    }

    /** Jobs to look at, and where the next page begins; empty when there is none. */
    record DuePage(List<UUID> ids, Map<String, AttributeValue> next) {
    }

    /** Notes that a job's message was sent again, unless somebody has moved the job on since it was read. */
    void resent(Job seen) {
        Instant next = now().plus(times.checkAfter(seen.resent() + 1));
        isDone(new ItemChange()
                .set(Attributes.CHECK_AT, Values.text(next))
                .addOne(JobItems.RESENT)
                .ifEqual(Attributes.CHECK_AT, Values.text(seen.checkAt().orElseThrow())), seen.id());
    }

    private ItemChange leased(String owner, Instant now) {
        Instant until = now.plus(times.lease());
        return new ItemChange()
                .set(JobItems.LEASE_OWNER, Values.text(owner))
                .set(JobItems.LEASE_UNTIL, Values.text(until))
                .set(Attributes.CHECK_AT, Values.text(until.plus(times.check())));
    }

    private ItemChange released(Duration wait) {
        return new ItemChange()
                .set(Attributes.CHECK_AT, Values.text(now().plus(wait).plus(times.check())))
                .remove(JobItems.LEASE_OWNER, JobItems.LEASE_UNTIL);
    }

    /** Carries a change out if the lease is the owner's. */
    private boolean isTaken(ItemChange change, UUID id, String owner) {
        return isDone(change.ifEqual(JobItems.LEASE_OWNER, Values.text(owner)), id);
    }

    private boolean isDone(ItemChange change, UUID id) {
        try {
            update(change, id);
            return true;
        } catch (ConditionalCheckFailedException refused) {
            return false;
        }
    }

    private Job update(ItemChange change, UUID id) {
        return JobItems.job(AwsFailures.calling(() -> dynamo.updateItem(change.request(table, id))).attributes());
    }

    private boolean isWritten(TransactWriteItem job, List<TransactWriteItem> alongside) {
        Optional<Cancellation> refused = write(job, alongside);
        if (refused.isPresent() && !refused.get().isAgainst(JOB)) {
            throw new IllegalStateException("A write beside a job's was refused");
        }
        return refused.isEmpty();
    }

    /** Returns why the writes were refused; empty when they were carried out. */
    private Optional<Cancellation> write(TransactWriteItem job, List<TransactWriteItem> alongside) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(job);
        writes.addAll(alongside);
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                // DynamoDB knows a repeated transaction by it, so one whose answer was lost takes effect once.
                .clientRequestToken(UUID.randomUUID().toString())
                .transactItems(writes)
                .build();
        for (int attempt = 1;; attempt++) {
            try {
                dynamo.transactWriteItems(request);
                return Optional.empty();
            } catch (TransactionCanceledException e) {
                Cancellation cancellation = new Cancellation(e);
                if (cancellation.isCondition()) {
                    return Optional.of(cancellation);
                }
                if (!cancellation.isConflict() || attempt == CONFLICTS) {
                    throw AwsFailures.translate(e);
                }
                Pause.after(attempt);
            } catch (SdkException e) {
                throw AwsFailures.translate(e);
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
