package dev.plinth.sessions;

import dev.plinth.contract.RevocationsTable;
import dev.plinth.contract.Setting;
import dev.plinth.functions.aws.AwsFailures;
import io.micronaut.context.env.Environment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes to the DynamoDB table of {@link RevocationsTable}, which the authorizer reads. */
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
    public void add(String sessionId, Instant until) {
        AwsFailures.calling(() -> dynamo.putItem(put -> put.tableName(table).item(Map.of(
                RevocationsTable.SESSION_ID, AttributeValue.fromS(sessionId),
                RevocationsTable.EXPIRES_AT, AttributeValue.fromN(Long.toString(until.getEpochSecond()))))));
    }
}
