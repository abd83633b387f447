package dev.plinth.stacks;

import dev.plinth.contract.RateLimitsTable;
import java.util.List;
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.Construct;

/** Where requests are counted, for a minute each. Neither recoverable nor retained: an empty table is a correct one. */
final class RateLimitsStore extends SchemaTable {
    /** The operation that the grant makes possible, as CloudWatch names it. */
    static final List<String> OPERATIONS = List.of("UpdateItem");

    RateLimitsStore(Construct scope, String id, Stage stage) {
        super(scope, id, new Props(RateLimitsTable.SCHEMA, stage, true));
    }

    /** Allows to count a request. The counts come back with the write, so nothing reads. */
    void grantCounting(IGrantable grantee) {
        grantOnItems(grantee, "dynamodb:UpdateItem");
    }
}
