package dev.plinth.stacks;

import dev.plinth.contract.OrdersTable;
import java.util.List;
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.Construct;

/** Where the orders service keeps its orders and its records of used idempotency keys. */
final class OrdersStore extends SchemaTable {
    /** The operations that {@link #grantOrders} makes possible, as CloudWatch names them. */
    static final List<String> OPERATIONS = List.of("GetItem", "PutItem", "DeleteItem", "TransactWriteItems", "Query");

    OrdersStore(Construct scope, String id, Stage stage) {
        super(scope, id, new Props(OrdersTable.SCHEMA, stage));
    }

    /**
     * Allows what the orders service does: read, write and delete one order, and list by an index. A transaction is
     * authorised by the actions of its parts, so TransactWriteItems needs no statement of its own. Scan and UpdateItem
     * are absent on purpose: a list is a query, and a change is a conditional put of the whole order.
     */
    void grantOrders(IGrantable grantee) {
        grantOnItems(grantee, "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem");
        grantQuery(grantee, OrdersTable.BY_STATUS, OrdersTable.BY_CUSTOMER, OrdersTable.BY_OWNER);
    }
}
