package dev.plinth.stacks;

import dev.plinth.contract.TodosTable;
import java.util.List;
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.Construct;

/** Where the todos service keeps todos, and beside them the figures of each user. */
final class TodosStore extends SchemaTable {
    /** The operations that the grants make possible, as CloudWatch names them. */
    static final List<String> OPERATIONS =
            List.of("GetItem", "PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "Query");

    TodosStore(Construct scope, String id, Stage stage) {
        super(scope, id, new Props(TodosTable.SCHEMA, stage));
    }

    /** Allows what the todos service does: read and write one todo with the figures, and list. */
    void grantTodos(IGrantable grantee) {
        grantOnItems(grantee, "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem",
                "dynamodb:Query");
        grantQuery(grantee, TodosTable.BY_STATUS, TodosTable.BY_DUE);
    }

    /** Allows to remove all that is a user's. */
    void grantRemoval(IGrantable grantee) {
        grantOnItems(grantee, "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem");
    }

    /** Allows to read the figures, and the todos that are due. */
    void grantFigures(IGrantable grantee) {
        grantOnItems(grantee, "dynamodb:GetItem");
        grantQuery(grantee, TodosTable.BY_DUE);
    }
}
