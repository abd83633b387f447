package dev.plinth.stacks;

import dev.plinth.contract.TableSchema;
import dev.plinth.contract.TableSchema.Index;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexProps;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.Construct;

/**
 * A table of the shape that the contract gives: on demand, recoverable to any second of the last 35 days, and outside
 * disposable stages retained and protected against deletion. A table of which nothing is worth keeping is none of that.
 */
class SchemaTable extends Construct {
    /** Renaming it replaces every table, which a stage that is not disposable refuses. */
    private static final String TABLE_ID = "Table";

    private final TableSchema schema;
    private final Table table;
    private final Set<String> operations = new TreeSet<>();

    /**
     * Takes the table's shape, and what decides its fate.
     *
     * @param passing true for a table whose loss nobody would notice for longer than its items live
     */
    record Props(TableSchema schema, Stage stage, boolean passing) {
        /** Takes a table whose fate the stage decides. */
        Props(TableSchema schema, Stage stage) {
            this(schema, stage, false);
        }
    }

    SchemaTable(Construct scope, String id, Props props) {
        super(scope, id);
        this.schema = props.schema();
        Table.Builder builder = Table.Builder.create(this, TABLE_ID)
                .partitionKey(string(schema.key().partition()))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .pointInTimeRecoverySpecification(
                        PointInTimeRecoverySpecification.builder()
                                .pointInTimeRecoveryEnabled(!props.passing()).build())
                .deletionProtection(!props.passing() && !props.stage().disposable())
                .removalPolicy(props.passing() ? RemovalPolicy.DESTROY : props.stage().removalPolicy());
        schema.key().sort().ifPresent(sort -> builder.sortKey(string(sort)));
        schema.timeToLive().ifPresent(builder::timeToLiveAttribute);
        this.table = builder.build();
        schema.indexes().forEach(this::add);
        if (props.passing()) {
            Reviewed.finding(table, "AwsSolutions-DDB3",
                    "What is in it is worth nothing minutes later, and recovery would be paid for.");
        }
    }

    private void add(Index index) {
        GlobalSecondaryIndexProps.Builder builder = GlobalSecondaryIndexProps.builder()
                .indexName(index.name())
                .partitionKey(string(index.key().partition()))
                .projectionType(index.allAttributes() ? ProjectionType.ALL : ProjectionType.KEYS_ONLY);
        index.key().sort().ifPresent(sort -> builder.sortKey(string(sort)));
        table.addGlobalSecondaryIndex(builder.build());
    }

    private static Attribute string(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }

    final String tableName() {
        return table.getTableName();
    }

    final List<String> indexNames() {
        return schema.indexes().stream().map(Index::name).toList();
    }

    /** Returns the operations that grants have made possible, as CloudWatch names them. */
    final List<String> operations() {
        return List.copyOf(operations);
    }

    /** Allows actions on the items of the table, by their primary key. */
    final void grantOnItems(IGrantable grantee, String... actions) {
        grant(grantee, List.of(actions), List.of(table.getTableArn()));
    }

    /** Allows queries of the named indexes, and of no other. */
    final void grantQuery(IGrantable grantee, Index... indexes) {
        grant(grantee, List.of("dynamodb:Query"),
                Arrays.stream(indexes).map(index -> table.getTableArn() + "/index/" + index.name()).toList());
    }

    private void grant(IGrantable grantee, List<String> actions, List<String> resources) {
        actions.forEach(action -> operations.add(action.substring("dynamodb:".length())));
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(grantee).actions(actions).resourceArns(resources).build());
    }
}
