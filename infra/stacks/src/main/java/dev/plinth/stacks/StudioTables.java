package dev.plinth.stacks;

import static dev.plinth.contract.StudioTable.ACTIVITY_LOGS;
import static dev.plinth.contract.StudioTable.ANALYTICS;
import static dev.plinth.contract.StudioTable.ARCHITECTURES;
import static dev.plinth.contract.StudioTable.CODE_GENERATIONS;
import static dev.plinth.contract.StudioTable.DEPLOYMENTS;
import static dev.plinth.contract.StudioTable.DOCUMENTATION;
import static dev.plinth.contract.StudioTable.INTEGRATIONS;
import static dev.plinth.contract.StudioTable.PROJECTS;
import static dev.plinth.contract.StudioTable.SCHEMAS;
import static dev.plinth.contract.StudioTable.SETTINGS;
import static dev.plinth.contract.StudioTable.TEAMS;
import static dev.plinth.contract.StudioTable.USERS;

import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Indexes;
import dev.plinth.contract.TableSchema.Index;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.Construct;

/**
 * The studio's tables, and who may do what with them. A grant gives the actions that its features call on the tables
 * that they call them on; an index that it does not query, it cannot query. The parts of a transaction authorise it.
 */
final class StudioTables extends Construct {
    private static final String GET = "dynamodb:GetItem";
    private static final String PUT = "dynamodb:PutItem";
    private static final String UPDATE = "dynamodb:UpdateItem";
    private static final String DELETE = "dynamodb:DeleteItem";
    private static final String QUERY = "dynamodb:Query";
    private static final String CHECK = "dynamodb:ConditionCheckItem";
    private static final String GET_MANY = "dynamodb:BatchGetItem";
    private static final String WRITE_MANY = "dynamodb:BatchWriteItem";

    private final Map<StudioTable, SchemaTable> tables = new EnumMap<>(StudioTable.class);

    StudioTables(Construct scope, String id, Stage stage) {
        super(scope, id);
        for (StudioTable table : StudioTable.values()) {
            tables.put(table, new SchemaTable(this, idOf(table), new SchemaTable.Props(table.schema(), stage)));
        }
    }

    /** Returns the table's id below the construct, for example {@code CodeGenerations}. */
    private static String idOf(StudioTable table) {
        return Arrays.stream(table.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** Allows what people edit, to see whether they may, and to read what was done. */
    void grantWorkspace(IGrantable grantee) {
        on(USERS, grantee, GET, UPDATE);
        on(PROJECTS, grantee, GET, PUT, UPDATE, CHECK);
        query(PROJECTS, grantee, Indexes.PROJECTS_BY_OWNER, Indexes.PROJECTS_BY_TEAM);
        on(TEAMS, grantee, GET, GET_MANY, PUT, UPDATE, DELETE, QUERY);
        query(TEAMS, grantee, Indexes.TEAMS_BY_USER);
        // What is in a project goes in batches when the project goes.
        for (StudioTable table : List.of(SCHEMAS, ARCHITECTURES, DOCUMENTATION)) {
            on(table, grantee, GET, PUT, DELETE, QUERY, WRITE_MANY);
        }
        on(SETTINGS, grantee, PUT, DELETE, QUERY, WRITE_MANY);
        on(ACTIVITY_LOGS, grantee, QUERY);
        query(ACTIVITY_LOGS, grantee, Indexes.ACTIVITY_BY_USER);
        on(ANALYTICS, grantee, QUERY);
    }

    /** Allows to record what happens, as part of the transaction that makes it happen. */
    void grantRecording(IGrantable grantee) {
        grantLogging(grantee);
        on(ANALYTICS, grantee, UPDATE);
    }

    /** Allows to record what happens and adds to no figure. */
    void grantLogging(IGrantable grantee) {
        on(ACTIVITY_LOGS, grantee, PUT);
    }

    /** Allows to take orders for code and for deployments, and to show how they go. */
    void grantOrdering(IGrantable grantee) {
        on(CODE_GENERATIONS, grantee, GET, PUT);
        query(CODE_GENERATIONS, grantee, Indexes.JOBS_BY_PROJECT);
        // A deployment is asked to be deleted after it was made.
        on(DEPLOYMENTS, grantee, GET, PUT, UPDATE);
        query(DEPLOYMENTS, grantee, Indexes.JOBS_BY_PROJECT);
    }

    /** Allows to take a code generation on, and to end it. The whole input is in the table. */
    void grantGeneration(IGrantable grantee) {
        on(CODE_GENERATIONS, grantee, GET, UPDATE);
    }

    /** Allows to take a deployment on, to say how far it is, and to end it. */
    void grantDeployment(IGrantable grantee) {
        on(DEPLOYMENTS, grantee, GET, UPDATE);
    }

    /** Allows to find jobs that nobody has taken on in time. */
    void grantRelay(IGrantable grantee) {
        for (StudioTable table : List.of(CODE_GENERATIONS, DEPLOYMENTS)) {
            on(table, grantee, GET, UPDATE);
            query(table, grantee, Indexes.JOBS_BY_CHECK);
        }
    }

    /** Allows to see who may read and change a project. */
    void grantProjectAccess(IGrantable grantee) {
        on(PROJECTS, grantee, GET);
        on(TEAMS, grantee, GET);
    }

    /** Allows to keep subscriptions of people, and integrations of projects that are there. */
    void grantSubscriptions(IGrantable grantee) {
        on(PROJECTS, grantee, CHECK);
        on(INTEGRATIONS, grantee, GET, PUT, DELETE, QUERY);
    }

    /** Allows to find who is told of a project, to record what was delivered, and to end what nobody may read. */
    void grantDeliveries(IGrantable grantee) {
        on(INTEGRATIONS, grantee, GET, PUT, UPDATE, DELETE);
        query(INTEGRATIONS, grantee, Indexes.INTEGRATIONS_BY_PROJECT);
    }

    /** Allows to remove what somebody who is gone leaves, and to hand on what others share. */
    void grantRemoval(IGrantable grantee) {
        on(USERS, grantee, GET, UPDATE);
        on(PROJECTS, grantee, GET, UPDATE);
        query(PROJECTS, grantee, Indexes.PROJECTS_BY_OWNER, Indexes.PROJECTS_BY_TEAM);
        on(TEAMS, grantee, PUT, UPDATE, DELETE, QUERY);
        query(TEAMS, grantee, Indexes.TEAMS_BY_USER);
        for (StudioTable table : List.of(SCHEMAS, ARCHITECTURES, DOCUMENTATION, SETTINGS)) {
            on(table, grantee, QUERY, WRITE_MANY);
        }
        // The deletion of a live deployment is asked for.
        on(DEPLOYMENTS, grantee, GET, UPDATE);
        on(INTEGRATIONS, grantee, PUT, DELETE, QUERY);
    }

    private void on(StudioTable table, IGrantable grantee, String... actions) {
        tables.get(table).grantOnItems(grantee, actions);
    }

    private void query(StudioTable table, IGrantable grantee, String... indexes) {
        tables.get(table).grantQuery(grantee,
                Arrays.stream(indexes).map(table::index).toArray(Index[]::new));
    }

    void forEach(BiConsumer<StudioTable, SchemaTable> action) {
        tables.forEach(action);
    }

    /**
     * Returns what is watched of each table. The grants say which operations there are, so they come first.
     *
     * @throws IllegalStateException when nothing may use one of the tables
     */
    List<TableMetrics> metrics() {
        List<TableMetrics> metrics = new ArrayList<>();
        tables.forEach((table, schemaTable) -> {
            // CloudWatch counts a check as the transaction that it is a part of.
            List<String> operations = new ArrayList<>(schemaTable.operations());
            operations.remove("ConditionCheckItem");
            if (operations.isEmpty()) {
                throw new IllegalStateException("Nothing may use the table " + table);
            }
            // Every change of the studio's is recorded in the transaction that makes it.
            operations.add("TransactWriteItems");
            metrics.add(new TableMetrics("studio-" + table.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    schemaTable, operations));
        });
        return metrics;
    }
}
