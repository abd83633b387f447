package dev.plinth.stacks;

import dev.plinth.contract.TokenKeysTable;
import java.util.List;
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.Construct;

/** Where the public keys of access tokens are. Whoever may only read it can verify a token and make none. */
final class TokenKeysStore extends SchemaTable {
    /** The operations that the grants make possible, as CloudWatch names them. */
    static final List<String> OPERATIONS = List.of("PutItem", "UpdateItem", "Query");

    TokenKeysStore(Construct scope, String id, Stage stage) {
        super(scope, id, new Props(TokenKeysTable.SCHEMA, stage));
    }

    /** Allows to read the keys of an issuer. */
    void grantVerification(IGrantable grantee) {
        grantOnItems(grantee, "dynamodb:Query");
    }

    /** Allows to add a key, and to say when an older one expires. */
    void grantPublication(IGrantable grantee) {
        grantOnItems(grantee, "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem");
    }
}
