package dev.plinth.todos;

import dev.plinth.contract.TodosTable;
import dev.plinth.functions.idempotency.KeyUse;
import dev.plinth.functions.paging.ListPosition;
import dev.plinth.functions.time.Timestamps;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes todos, figures and uses of idempotency keys as items of {@link TodosTable}, and reads them back. All that is a
 * user's has one partition.
 */
final class TodoItems {

    static final String TODO = "TODO#";
    static final String FIGURES = "FIGURES";
    static final String REVISION = "revision";

    static final String OPEN = "open";
    static final String DONE = "done";
    static final String KEPT = "kept";
    static final String CREATED = "created";

    /** True in the figures of a user whose removal has begun. */
    static final String REMOVED = "removed";

    private static final String ARCHIVED_UNTIL = "archivedUntil#";
    private static final String KEY = "KEY#";

    private static final String ID = "id";
    private static final String USER_ID = "userId";
    private static final String TITLE = "title";
    private static final String NOTE = "note";
    private static final String DUE_AT = "dueAt";
    private static final String PRIORITY = "priority";
    private static final String STATUS = "status";
    private static final String UPDATED_AT = "updatedAt";

    private static final String FINGERPRINT = "fingerprint";
    private static final String CREATED_TODO = "todo";
    private static final String USED_AT = "usedAt";

    private TodoItems() {
    }

    static AttributeValue partition(UUID user) {
        return text("USER#" + user);
    }

    static Map<String, AttributeValue> todoKey(UUID user, UUID id) {
        return key(user, TODO + id);
    }

    static Map<String, AttributeValue> figuresKey(UUID user) {
        return key(user, FIGURES);
    }

    /** Returns the key of an item that never exists: no user has this id. */
    static Map<String, AttributeValue> absentKey() {
        return Map.of(TodosTable.PK, text("ABSENT"), TodosTable.SK, text("ABSENT"));
    }

    static Map<String, AttributeValue> item(Todo todo) {
        TodoDetails details = todo.details();
        Map<String, AttributeValue> item = new HashMap<>(todoKey(todo.userId(), todo.id()));
        item.put(TodosTable.USER_STATUS, userStatus(todo.userId(), todo.status()));
        todo.duePosition().ifPresent(position -> {
            item.put(TodosTable.DUE_OWNER, text(todo.userId().toString()));
            item.put(TodosTable.DUE_POSITION, text(position.text()));
        });
        todo.expiresAt().ifPresent(expiry -> item.put(TodosTable.EXPIRES_AT, seconds(expiry)));
        item.put(ID, text(todo.id().toString()));
        item.put(USER_ID, text(todo.userId().toString()));
        item.put(REVISION, text(todo.revision()));
        item.put(TITLE, text(details.title()));
        details.note().ifPresent(note -> item.put(NOTE, text(note)));
        details.dueAt().ifPresent(due -> item.put(DUE_AT, text(Timestamps.text(due))));
        item.put(PRIORITY, text(details.priority().name()));
        item.put(STATUS, text(todo.status().name()));
        item.put(UPDATED_AT, text(Timestamps.text(todo.updatedAt())));
        return item;
    }

    static Todo todo(Map<String, AttributeValue> item) {
        TodoDetails details = new TodoDetails(
                item.get(TITLE).s(),
                Optional.ofNullable(item.get(NOTE)).map(AttributeValue::s),
                Optional.ofNullable(item.get(DUE_AT)).map(due -> Instant.parse(due.s())),
                Priority.valueOf(item.get(PRIORITY).s()));
        return new Todo(
                UUID.fromString(item.get(ID).s()),
                UUID.fromString(item.get(USER_ID).s()),
                details,
                TodoStatus.valueOf(item.get(STATUS).s()),
                Instant.parse(item.get(UPDATED_AT).s()),
                Optional.ofNullable(item.get(TodosTable.EXPIRES_AT)).map(TodoItems::instant),
                item.get(REVISION).s());
    }

    static AttributeValue userStatus(UUID user, TodoStatus status) {
        return text(user + "#" + status);
    }

    /** The todo stays inside an attribute of its own, so no index holds it a second time. */
    static Map<String, AttributeValue> item(KeyUse<Todo> use) {
        Map<String, AttributeValue> item = new HashMap<>(key(use.created().userId(), KEY + use.key()));
        item.put(FINGERPRINT, text(use.fingerprint()));
        item.put(CREATED_TODO, AttributeValue.fromM(item(use.created())));
        item.put(USED_AT, text(Timestamps.text(use.usedAt())));
        item.put(TodosTable.EXPIRES_AT, seconds(use.expiresAt()));
        return item;
    }

    static KeyUse<Todo> use(Map<String, AttributeValue> item) {
        return new KeyUse<>(
                item.get(TodosTable.SK).s().substring(KEY.length()),
                item.get(FINGERPRINT).s(),
                todo(item.get(CREATED_TODO).m()),
                Instant.parse(item.get(USED_AT).s()));
    }

    static Figures figures(Map<String, AttributeValue> item) {
        Map<Instant, Long> archived = new HashMap<>();
        item.forEach((name, value) -> {
            if (name.startsWith(ARCHIVED_UNTIL)) {
                archived.put(Instant.ofEpochSecond(Long.parseLong(name.substring(ARCHIVED_UNTIL.length()))),
                        Long.parseLong(value.n()));
            }
        });
        return new Figures(number(item, OPEN), number(item, DONE), archived, number(item, CREATED));
    }

    /** Returns the attribute that counts the archived todos of an expiry. */
    static String archivedUntil(Instant expiry) {
        return ARCHIVED_UNTIL + expiry.getEpochSecond();
    }

    static boolean isRemoved(Map<String, AttributeValue> figures) {
        return figures.containsKey(REMOVED);
    }

    /** Returns where a page that starts after a position begins in the partition of a user. */
    static Map<String, AttributeValue> startKey(UUID user, TodoFilter filter, ListPosition position) {
        Map<String, AttributeValue> start = new HashMap<>(todoKey(user, position.id()));
        filter.status().ifPresent(status -> start.put(TodosTable.USER_STATUS, userStatus(user, status)));
        if (filter.dueBefore().isPresent()) {
            start.put(TodosTable.DUE_OWNER, text(user.toString()));
            start.put(TodosTable.DUE_POSITION, text(position.text()));
        }
        return start;
    }

    /** Returns a time as the table's TTL wants it. */
    static AttributeValue seconds(Instant instant) {
        return AttributeValue.fromN(Long.toString(instant.getEpochSecond()));
    }

    static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        return item.containsKey(name) ? Long.parseLong(item.get(name).n()) : 0;
    }

    private static Instant instant(AttributeValue seconds) {
        return Instant.ofEpochSecond(Long.parseLong(seconds.n()));
    }

    private static Map<String, AttributeValue> key(UUID user, String sortKey) {
        return Map.of(TodosTable.PK, partition(user), TodosTable.SK, text(sortKey));
    }
}
