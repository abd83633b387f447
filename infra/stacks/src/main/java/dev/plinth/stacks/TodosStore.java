package dev.plinth.stacks;

import dev.plinth.contract.TodosTable;
import java.util.List;
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.Construct;

/** Where the todos service keeps todos, and beside them the figures of each user. */
final class TodosStore extends SchemaTable {
    /** The operations that the grants make possible, as CloudWatch names them. */
    static final List<String> OPERATIONS =
            List.of("GetItem", "PutItem", "TransactWriteItems", "BatchWriteItem", "Query");

    TodosStore(Construct scope, String id, Stage stage) {
        super(scope, id, new Props(TodosTable.SCHEMA, stage));
    }

    /**
     * Allows what the todos service does: read one todo, write it together with the figures, and list. The parts of a
     * transaction authorise it.
     */
    void grantTodos(IGrantable grantee) {
        grantOnItems(grantee, "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem",
                "dynamodb:Query");
        grantQuery(grantee, TodosTable.BY_STATUS, TodosTable.BY_DUE);
    }

    /** Allows to mark a user as removed, and to remove in batches all that is theirs. */
    void grantRemoval(IGrantable grantee) {
        grantOnItems(grantee, "dynamodb:PutItem", "dynamodb:Query", "dynamodb:BatchWriteItem");
    }

    /** Allows to read the figures, and the todos that are due. */
    void grantFigures(IGrantable grantee) {
        grantOnItems(grantee, "dynamodb:GetItem");
        grantQuery(grantee, TodosTable.BY_DUE);
    }
}
