package dev.plinth.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Tables in DynamoDB Local. Each test has a table of its own. */
class DynamoDbTablesTest {
    private static DynamoDbEngine engine;
    private static DynamoDbTables tables;
    private static DynamoDbClient client;

    private final String name = UUID.randomUUID().toString();

    @BeforeAll
    static void start() throws IOException {
        engine = DynamoDbEngine.start(Path.of("target/native"), Optional.empty());
        tables = new DynamoDbTables(engine.url());
        client = DynamoDbClient.builder().endpointOverride(engine.url()).region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("laptop", "laptop"))).build();
    }

    @AfterAll
    static void stop() throws IOException {
        engine.close();
    }

    @Test
    void createsATableOnDemandWithItsIndexesAndExpiry() throws Exception {
        tables.create(table("pk", "S", "ALL"), Optional.of("expires"));

        TableDescription table = client.describeTable(request -> request.tableName(name)).table();
        assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(table.globalSecondaryIndexes()).singleElement()
                .satisfies(index -> assertThat(index.indexName()).isEqualTo("byPk"));
        assertThat(expiry()).isEqualTo("expires");
    }

    @Test
    void keepsATableOfTheSameShapeAndAddsTheExpiryThatTheTemplateGained() throws Exception {
        tables.create(table("pk", "S", "ALL"), Optional.empty());
        assertThat(expiry()).isNull();

        tables.create(table("pk", "S", "ALL"), Optional.of("expires"));
        assertThatCode(() -> tables.create(table("pk", "S", "ALL"), Optional.of("expires"))).doesNotThrowAnyException();

        assertThat(expiry()).isEqualTo("expires");
        assertThatThrownBy(() -> tables.create(table("pk", "S", "ALL"), Optional.of("other")))
                .isInstanceOf(DynamoDbTables.TableException.class).hasMessageContaining("expires").hasMessageContaining("other");
    }

    @ParameterizedTest
    @CsvSource({"id, S, ALL, (id HASH ), (pk HASH )", "pk, N, ALL, pk N, pk S", "pk, S, KEYS_ONLY, KEYS_ONLY, ALL"})
    void refusesAKeptTableOfAnotherShapeAndNamesBoth(String key, String type, String projection, String wanted, String kept)
            throws Exception {
        tables.create(table("pk", "S", "ALL"), Optional.empty());

        assertThatThrownBy(() -> tables.create(table(key, type, projection), Optional.empty()))
                .isInstanceOf(DynamoDbTables.TableException.class).hasMessageContaining("another shape")
                .hasMessageMatching("(?s).*template: [^\n]*\\Q" + wanted + "\\E.*kept: [^\n]*\\Q" + kept + "\\E.*--data.*");
    }

    @Test
    void tellsWhatTheEngineSaysOfATableThatItRefuses() {
        assertThatThrownBy(() -> tables.create(table("pk", "X", "ALL"), Optional.empty()))
                .isInstanceOf(DynamoDbTables.TableException.class).hasMessageContaining("refused the table");
    }

    @Test
    void servesLoopbackOnly() {
        assertThat(engine.url().getHost()).isEqualTo("127.0.0.1");
    }

    private String expiry() {
        return client.describeTimeToLive(request -> request.tableName(name)).timeToLiveDescription().attributeName();
    }

    private ObjectNode table(String key, String type, String projection) throws IOException {
        return (ObjectNode) new ObjectMapper().readTree("""
                {"TableName": "%s", "KeySchema": [{"AttributeName": "%s", "KeyType": "HASH"}],
                 "AttributeDefinitions": [{"AttributeName": "%s", "AttributeType": "%s"}],
                 "GlobalSecondaryIndexes": [{"IndexName": "byPk", "KeySchema": [{"AttributeName": "%s", "KeyType": "HASH"}],
                                             "Projection": {"ProjectionType": "%s"}}]}"""
                .formatted(name, key, key, type, key, projection));
    }
}
