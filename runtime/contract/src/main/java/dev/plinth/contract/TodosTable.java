package dev.plinth.contract;

import dev.plinth.contract.TableSchema.Index;
import dev.plinth.contract.TableSchema.Key;
import java.util.List;
import java.util.Optional;

/**
 * The table of the todos service. All that is a user's has one partition, so that it can be read and removed without
 * the delay of an index: {@code pk = USER#<user id>}, with {@code sk = TODO#<id>} for a todo and {@code sk = FIGURES}
 * for the numbers that the dashboard shows.
 *
 * <p>A todo's id is a UUID of version 7, so its sort key sorts by creation. Archived todos expire.
 */
public final class TodosTable {
    public static final String PK = "pk";
    public static final String SK = "sk";

    /** {@code <user id>#<status>}; figures have none, so no index holds them. */
    public static final String USER_STATUS = "userStatus";

    /** The user's id, while the todo is open and has a due time. */
    public static final String DUE_OWNER = "dueOwner";

    /** {@code <due at>#<id>}. */
    public static final String DUE_POSITION = "duePosition";
    public static final String EXPIRES_AT = "expiresAt";

    /** Lists a user's todos of one status by creation. */
    public static final Index BY_STATUS = new Index("TodosByStatusIndex", Key.of(USER_STATUS, SK), true);

    /** Lists a user's open todos by the time when they are due. */
    public static final Index BY_DUE = new Index("TodosByDueIndex", Key.of(DUE_OWNER, DUE_POSITION), true);

    public static final TableSchema SCHEMA =
            new TableSchema(Key.of(PK, SK), Optional.of(EXPIRES_AT), List.of(BY_STATUS, BY_DUE));

    private TodosTable() {
    }
}
