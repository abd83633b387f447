package dev.plinth.jobs;

import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.functions.aws.Values;
import dev.plinth.notices.Notice;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes jobs as items, and reads them back. Attributes that are not named here are the feature's. */
final class JobItems {
    static final String REQUESTED_BY = "requestedBy";
    static final String STATUS = "status";
    static final String CREATED_AT = "createdAt";
    static final String STARTED_AT = "startedAt";
    static final String ENDED_AT = "endedAt";
    static final String REASON = "reason";
    static final String ATTEMPTS = "attempts";
    static final String DEATHS = "deaths";
    static final String RESENT = "resent";
    static final String LEASE_OWNER = "leaseOwner";
    static final String LEASE_UNTIL = "leaseUntil";
    static final String NOTICE = "notice";
    static final String NOTIFIED_AT = "notifiedAt";

    /** Members of a notice. */
    static final String ID = "id";
    private static final String EVENT = "event";
    private static final String OUTCOME = "outcome";
    private static final String DETAIL = "detail";
    private static final String AT = "at";

    private JobItems() {
    }

    static Map<String, AttributeValue> key(UUID id) {
        return Map.of(Attributes.JOB_ID, Values.text(id));
    }

    static Map<String, AttributeValue> item(NewJob job, Instant checkAt) {
        Map<String, AttributeValue> item = new HashMap<>(job.attributes());
        item.putAll(key(job.id()));
        item.put(Attributes.PROJECT_ID, Values.text(job.projectId()));
        item.put(REQUESTED_BY, Values.text(job.requestedBy()));
        item.put(STATUS, Values.text(job.status()));
        item.put(CREATED_AT, Values.text(job.createdAt()));
        item.put(ATTEMPTS, Values.number(0));
        item.put(Attributes.CHECK, Values.text(Attributes.CHECKED));
        item.put(Attributes.CHECK_AT, Values.text(checkAt));
        return item;
    }

    static Job job(Map<String, AttributeValue> item) {
        UUID id = UUID.fromString(item.get(Attributes.JOB_ID).s());
        UUID projectId = UUID.fromString(item.get(Attributes.PROJECT_ID).s());
        return new Job(id, projectId, UUID.fromString(item.get(REQUESTED_BY).s()), item.get(STATUS).s(),
                Instant.parse(item.get(CREATED_AT).s()), instant(item, STARTED_AT), instant(item, ENDED_AT),
                Values.text(item, REASON), count(item, ATTEMPTS), count(item, DEATHS), count(item, RESENT),
                Values.text(item, LEASE_OWNER).map(owner -> new Job.Lease(owner, Values.time(item, LEASE_UNTIL))),
                Optional.ofNullable(item.get(NOTICE)).map(notice -> notice(notice.m(), id, projectId)),
                instant(item, Attributes.CHECK_AT), Map.copyOf(item));
    }

    /** Returns a notice of the job whose item it is kept in. */
    static AttributeValue notice(Notice notice) {
        Map<String, AttributeValue> members = new HashMap<>();
        members.put(ID, Values.text(notice.id()));
        members.put(EVENT, Values.text(notice.event().type()));
        members.put(OUTCOME, Values.text(notice.outcome().name()));
        members.put(AT, Values.text(notice.at()));
        notice.detail().ifPresent(detail -> members.put(DETAIL, Values.text(detail)));
        return AttributeValue.fromM(members);
    }

    private static Notice notice(Map<String, AttributeValue> members, UUID id, UUID projectId) {
        Notice.Event event = Arrays.stream(Notice.Event.values())
                .filter(known -> known.type().equals(members.get(EVENT).s())).findFirst().orElseThrow();
        return new Notice(members.get(ID).s(), event, projectId, id,
                Notice.Outcome.valueOf(members.get(OUTCOME).s()), Values.text(members, DETAIL),
                Instant.parse(members.get(AT).s()));
    }

    private static Optional<Instant> instant(Map<String, AttributeValue> item, String name) {
        return Values.text(item, name).map(Instant::parse);
    }

    private static int count(Map<String, AttributeValue> item, String name) {
        return (int) Values.number(item, name);
    }
}
