package dev.plinth.workspace;

import static dev.plinth.functions.aws.Values.number;

import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.StudioTables;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The ids of a project's deployments are a set in its item. The workers that end deployments have no right to projects,
 * so ended ones stay in the set until somebody looks: when the set is full, and when the project is to be deleted.
 */
@Singleton
final class DynamoProjectWrites implements ProjectWrites {

    static final int MOST_DEPLOYMENTS = 20;

    /** Holds for a project that exists and is not being deleted. */
    static final String THERE = "attribute_exists(#project) AND attribute_not_exists(#deleted)";
    static final Map<String, String> THERE_NAMES =
            Map.of("#project", Attributes.PROJECT_ID, "#deleted", ProjectItems.DELETED_AT);

    private final DynamoDbClient dynamo;
    private final StudioTables tables;
    private final BeanProvider<Deployments> deployments;

    DynamoProjectWrites(DynamoDbClient dynamo, StudioTables tables, BeanProvider<Deployments> deployments) {
        this.dynamo = dynamo;
        this.tables = tables;
        this.deployments = deployments;
    }

    @Override
    public TransactWriteItem stillThere(UUID project) {
        return TransactWriteItem.builder().conditionCheck(ConditionCheck.builder()
                .tableName(table())
                .key(ProjectItems.key(project))
                .conditionExpression(THERE)
                .expressionAttributeNames(THERE_NAMES)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build()).build();
    }

    @Override
    public TransactWriteItem deploymentStarted(UUID project, UUID deployment) {
        forgetEnded(project);
        return TransactWriteItem.builder().update(Update.builder()
                .tableName(table())
                .key(ProjectItems.key(project))
                .updateExpression("ADD #deployments :deployment")
                .conditionExpression(THERE + " AND (attribute_not_exists(#deployments) OR size(#deployments) < :most)")
                .expressionAttributeNames(Map.of("#project", Attributes.PROJECT_ID,
                        "#deleted", ProjectItems.DELETED_AT, "#deployments", ProjectItems.DEPLOYMENTS))
                .expressionAttributeValues(Map.of(":deployment", ProjectItems.set(Set.of(deployment)),
                        ":most", number(MOST_DEPLOYMENTS)))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build()).build();
    }

    @Override
    public TransactWriteItem use(UUID project, ProjectQuota quota) {
        return TransactWriteItem.builder().update(counting(project, quota)
                .conditionExpression(THERE + " AND (attribute_not_exists(#count) OR #count < :most)")
                .expressionAttributeValues(Map.of(":difference", number(1), ":most", number(quota.most())))
                .build()).build();
    }

    @Override
    public TransactWriteItem free(UUID project, ProjectQuota quota) {
        return TransactWriteItem.builder().update(counting(project, quota)
                .conditionExpression(THERE)
                .expressionAttributeValues(Map.of(":difference", number(-1)))
                .build()).build();
    }

    private Update.Builder counting(UUID project, ProjectQuota quota) {
        return Update.builder()
                .tableName(table())
                .key(ProjectItems.key(project))
                .updateExpression("ADD #count :difference")
                .expressionAttributeNames(Map.of("#project", Attributes.PROJECT_ID,
                        "#deleted", ProjectItems.DELETED_AT, "#count", "count#" + quota.things()))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }

    @Override
    public Optional<Failure> refusal(Cancellation cancellation, int action, ProjectQuota quota) {
        return refusal(cancellation, action, quota.most() + " " + quota.things());
    }

    @Override
    public Optional<Failure> refusal(Cancellation cancellation, int action) {
        return refusal(cancellation, action, MOST_DEPLOYMENTS + " deployments that are not deleted");
    }

    private static Optional<Failure> refusal(Cancellation cancellation, int action, String full) {
        if (!cancellation.isAgainst(action)) {
            return Optional.empty();
        }
        boolean gone = cancellation.itemAgainst(action).filter(item -> !ProjectItems.isDeleted(item)).isEmpty();
        return Optional.of(gone ? new Failure(Kind.NOT_FOUND, "The project has been deleted.")
                : new Failure(Kind.CONFLICT,
                        "The project has " + full + ", which is the most. Delete one first."));
    }

    private void forgetEnded(UUID project) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table()).key(ProjectItems.key(project)).consistentRead(true).build();
        Map<String, AttributeValue> item = AwsFailures.calling(() -> dynamo.getItem(request)).item();
        if (item.isEmpty() || ProjectItems.isDeleted(item)) {
            return;
        }
        Set<UUID> ended = new HashSet<>(ProjectItems.project(item).deployments());
        if (ended.size() < MOST_DEPLOYMENTS) {
            return;
        }
        ended.removeAll(deployments.get().live(Set.copyOf(ended)));
        if (!ended.isEmpty()) {
            // A set loses what it has lost already without complaint, so this may be done twice, and at once by two.
            UpdateItemRequest removal = UpdateItemRequest.builder()
                    .tableName(table())
                    .key(ProjectItems.key(project))
                    .updateExpression("DELETE #deployments :ended")
                    .conditionExpression("attribute_exists(#project)")
                    .expressionAttributeNames(Map.of("#project", Attributes.PROJECT_ID,
                            "#deployments", ProjectItems.DEPLOYMENTS))
                    .expressionAttributeValues(Map.of(":ended", ProjectItems.set(ended)))
                    .build();
            AwsFailures.calling(() -> dynamo.updateItem(removal));
        }
    }

    private String table() {
        return tables.nameOf(StudioTable.PROJECTS);
    }
}
