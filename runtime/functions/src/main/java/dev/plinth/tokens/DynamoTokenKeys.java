package dev.plinth.tokens;

import com.nimbusds.jose.jwk.ECKey;
import dev.plinth.contract.TokenKeysTable;
import dev.plinth.functions.aws.AwsFailures;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Public keys in the DynamoDB table of {@link TokenKeysTable}. */
@Singleton
final class DynamoTokenKeys implements TokenKeys {
    private final DynamoDbClient dynamo;
    private final TokenSettings settings;
    private final Clock clock;

    DynamoTokenKeys(DynamoDbClient dynamo, TokenSettings settings, Clock clock) {
        this.dynamo = dynamo;
        this.settings = settings;
        this.clock = clock;
    }

    /** One page is enough: an issuer has two keys, three during a rotation. */
    @Override
    public List<ECKey> all() {
        QueryRequest request = QueryRequest.builder()
                .tableName(settings.keysTable())
                .consistentRead(true)
                .keyConditionExpression("#issuer = :issuer")
                // TTL removes an expired item some time later, up to days.
                .filterExpression("attribute_not_exists(#expiresAt) OR #expiresAt > :now")
                .expressionAttributeNames(Map.of(
                        "#issuer", TokenKeysTable.ISSUER, "#expiresAt", TokenKeysTable.EXPIRES_AT))
                .expressionAttributeValues(Map.of(":issuer", text(settings.issuer()), ":now", seconds(clock.instant())))
                .build();
        return AwsFailures.calling(() -> dynamo.query(request)).items().stream().map(DynamoTokenKeys::key).toList();
    }

    @Override
    public void publish(ECKey key) {
        if (key.isPrivate()) {
            throw new IllegalArgumentException("A private key must not be published");
        }
        AwsFailures.calling(() -> dynamo.putItem(put -> put.tableName(settings.keysTable()).item(Map.of(
                TokenKeysTable.ISSUER, text(settings.issuer()),
                TokenKeysTable.KID, text(key.getKeyID()),
                TokenKeysTable.JWK, text(key.toJSONString())))));
    }

    @Override
    public void retire(String kid, Instant expiresAt) {
        try {
            AwsFailures.calling(() -> dynamo.updateItem(update -> update
                    .tableName(settings.keysTable())
                    .key(Map.of(TokenKeysTable.ISSUER, text(settings.issuer()), TokenKeysTable.KID, text(kid)))
                    .conditionExpression("attribute_exists(#kid) AND attribute_not_exists(#expiresAt)")
                    .updateExpression("SET #expiresAt = :expiresAt")
                    .expressionAttributeNames(Map.of(
                            "#kid", TokenKeysTable.KID, "#expiresAt", TokenKeysTable.EXPIRES_AT))
                    .expressionAttributeValues(Map.of(":expiresAt", seconds(expiresAt)))));
        } catch (ConditionalCheckFailedException retiredOrUnknown) {
            // As promised, there is nothing to do.
            return;
        }
    }

    private static ECKey key(Map<String, AttributeValue> item) {
        try {
            return ECKey.parse(item.get(TokenKeysTable.JWK).s());
        } catch (ParseException damaged) {
            throw new IllegalStateException("The table holds what is no key: " + item.get(TokenKeysTable.KID), damaged);
        }
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue seconds(Instant instant) {
        return AttributeValue.fromN(Long.toString(instant.getEpochSecond()));
    }
}
