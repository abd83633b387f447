package dev.plinth.stacks;

import dev.plinth.contract.RevocationsTable;
import java.util.List;
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.Construct;

/** Where sessions stand that ended before their access tokens did. */
final class RevocationsStore extends SchemaTable {
    /** The operations that the grants make possible, as CloudWatch names them. */
    static final List<String> OPERATIONS = List.of("GetItem", "PutItem");

    RevocationsStore(Construct scope, String id, Stage stage) {
        super(scope, id, new Props(RevocationsTable.SCHEMA, stage));
    }

    /** Allows to look one session up. */
    void grantLookup(IGrantable grantee) {
        grantOnItems(grantee, "dynamodb:GetItem");
    }

    /** Allows to add a session; none is ever taken back. */
    void grantRevocation(IGrantable grantee) {
        grantOnItems(grantee, "dynamodb:PutItem");
    }
}
