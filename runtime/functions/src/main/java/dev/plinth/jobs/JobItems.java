package dev.plinth.jobs;

import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.functions.time.Timestamps;
import dev.plinth.notices.Notice;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
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
        return Map.of(Attributes.JOB_ID, text(id.toString()));
    }

    static Map<String, AttributeValue> item(NewJob job, Instant checkAt) {
        Map<String, AttributeValue> item = new HashMap<>(job.attributes());
        item.putAll(key(job.id()));
        item.put(Attributes.PROJECT_ID, text(job.projectId().toString()));
        item.put(REQUESTED_BY, text(job.requestedBy().toString()));
        item.put(STATUS, text(job.status()));
        item.put(CREATED_AT, time(job.createdAt()));
        item.put(ATTEMPTS, number(0));
        item.put(Attributes.CHECK, text(Attributes.CHECKED));
        item.put(Attributes.CHECK_AT, time(checkAt));
        return item;
    }

    static Job job(Map<String, AttributeValue> item) {
        UUID id = UUID.fromString(item.get(Attributes.JOB_ID).s());
        UUID projectId = UUID.fromString(item.get(Attributes.PROJECT_ID).s());
        return new Job(id, projectId, UUID.fromString(item.get(REQUESTED_BY).s()), item.get(STATUS).s(),
                Instant.parse(item.get(CREATED_AT).s()), instant(item, STARTED_AT), instant(item, ENDED_AT),
                text(item, REASON, reason -> reason), count(item, ATTEMPTS), count(item, DEATHS),
                count(item, RESENT),
                text(item, LEASE_OWNER, owner -> new Job.Lease(owner, Instant.parse(item.get(LEASE_UNTIL).s()))),
                Optional.ofNullable(item.get(NOTICE)).map(notice -> notice(notice.m(), id, projectId)),
                instant(item, Attributes.CHECK_AT), Map.copyOf(item));
    }

    /** Returns a notice of the job whose item it is kept in. */
    static AttributeValue notice(Notice notice) {
        Map<String, AttributeValue> members = new HashMap<>();
        members.put(ID, text(notice.id()));
        members.put(EVENT, text(notice.event().type()));
        members.put(OUTCOME, text(notice.outcome().name()));
        members.put(AT, time(notice.at()));
        notice.detail().ifPresent(detail -> members.put(DETAIL, text(detail)));
        return AttributeValue.fromM(members);
    }

    private static Notice notice(Map<String, AttributeValue> members, UUID id, UUID projectId) {
        Notice.Event event = Arrays.stream(Notice.Event.values())
                .filter(known -> known.type().equals(members.get(EVENT).s())).findFirst().orElseThrow();
        return new Notice(members.get(ID).s(), event, projectId, id,
                Notice.Outcome.valueOf(members.get(OUTCOME).s()), text(members, DETAIL, detail -> detail),
                Instant.parse(members.get(AT).s()));
    }

    static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    static AttributeValue time(Instant instant) {
        return text(Timestamps.text(instant));
    }

    private static Optional<Instant> instant(Map<String, AttributeValue> item, String name) {
        return text(item, name, Instant::parse);
    }

    private static <T> Optional<T> text(Map<String, AttributeValue> item, String name, Function<String, T> read) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s).map(read);
    }

    private static int count(Map<String, AttributeValue> item, String name) {
        return item.containsKey(name) ? Integer.parseInt(item.get(name).n()) : 0;
    }
}
