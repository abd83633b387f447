package dev.plinth.teams;

import static dev.plinth.functions.aws.Values.number;

import dev.plinth.contract.StudioTable;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.StudioTables;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

@Singleton
final class DynamoMemberships implements Memberships {
    private final DynamoDbClient dynamo;
    private final StudioTables tables;

    DynamoMemberships(DynamoDbClient dynamo, StudioTables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
    }

    @Override
    public Optional<TeamRole> role(UUID team, UUID user) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(tables.nameOf(StudioTable.TEAMS))
                .key(TeamItems.memberKey(team, user))
                .consistentRead(true)
                .build();
        GetItemResponse response = AwsFailures.calling(() -> dynamo.getItem(request));
        return response.hasItem() ? Optional.of(TeamItems.role(response.item()))
                : Optional.empty();
    }

    @Override
    public TransactWriteItem countProjects(UUID team, int difference) {
        return TransactWriteItem.builder().update(update -> update
                .tableName(tables.nameOf(StudioTable.TEAMS))
                .key(TeamItems.teamKey(team))
                .updateExpression("ADD #projects :difference")
                .conditionExpression("attribute_exists(#member)")
                .expressionAttributeNames(Map.of("#projects", TeamItems.PROJECTS, "#member", TeamItems.MEMBER))
                .expressionAttributeValues(Map.of(":difference", number(difference)))).build();
    }
}
