package dev.plinth.contract;

import dev.plinth.contract.TableSchema.Index;
import dev.plinth.contract.TableSchema.Key;
import java.util.List;
import java.util.Optional;

/**
 * The table of the orders service: orders under {@code pk = sk = ORDER#<id>}, and beside them the records of used
 * idempotency keys, which expire.
 *
 * <p>A list is a query of {@link #BY_STATUS} or {@link #BY_CUSTOMER}, newest first by {@link #LIST_POSITION}; a customer's own by
 * {@link #BY_OWNER}; a list of all orders merges one query for each status. ADR 0004 gives the access patterns.
 */
public final class OrdersTable {
    public static final String PK = "pk";
    public static final String SK = "sk";

    /** The order's id, a UUID in lower case. Idempotency records have none, so no index holds them. */
    public static final String ID = "id";
    public static final String STATUS = "status";

    /** The id of the user who created the order, who alone sees it besides staff. */
    public static final String CUSTOMER_ID = "customerId";

    /** The customer's e-mail address in lower case, so that a list does not depend on its spelling. */
    public static final String CUSTOMER_KEY = "customerKey";

    /** {@code <createdAt>#<id>}: sorts by creation, and is unique. */
    public static final String LIST_POSITION = "listPosition";
    public static final String EXPIRES_AT = "expiresAt";

    /** Finds an order's keys by its id. */
    public static final Index BY_ID = new Index("OrderIdIndex", Key.of(ID), false);
    public static final Index BY_STATUS = new Index("OrdersByStatusIndex", Key.of(STATUS, LIST_POSITION), true);
    public static final Index BY_CUSTOMER = new Index("OrdersByCustomerIndex", Key.of(CUSTOMER_KEY, LIST_POSITION), true);

    /** Lists what one user ordered. */
    public static final Index BY_OWNER = new Index("OrdersByOwnerIndex", Key.of(CUSTOMER_ID, LIST_POSITION), true);

    public static final TableSchema SCHEMA = new TableSchema(
            Key.of(PK, SK), Optional.of(EXPIRES_AT), List.of(BY_ID, BY_STATUS, BY_CUSTOMER, BY_OWNER));

    private OrdersTable() {
    }
}
