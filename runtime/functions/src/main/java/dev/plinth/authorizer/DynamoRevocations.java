package dev.plinth.authorizer;

import dev.plinth.contract.RevocationsTable;
import dev.plinth.contract.Setting;
import dev.plinth.functions.aws.AwsFailures;
import io.micronaut.context.env.Environment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/** Revocations in the DynamoDB table of {@link RevocationsTable}. An entry that TTL has not removed yet counts. */
@Singleton
final class DynamoRevocations implements Revocations {
    private final DynamoDbClient dynamo;
    private final String table;

    @Inject
    DynamoRevocations(DynamoDbClient dynamo, Environment environment) {
        this(dynamo, environment.getRequiredProperty(Setting.REVOCATIONS_TABLE_NAME.property(), String.class));
    }

    DynamoRevocations(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    @Override
    public boolean contains(String sessionId) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table)
                .key(Map.of(RevocationsTable.SESSION_ID, AttributeValue.fromS(sessionId)))
                .consistentRead(true)
                .build();
        return AwsFailures.calling(() -> dynamo.getItem(request)).hasItem();
    }
}
