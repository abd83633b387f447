package dev.plinth.functions.aws;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import dev.plinth.contract.TableSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A table as a schema of the contract says, in DynamoDB Local. One engine serves all tests of a JVM, as its start
 * takes seconds; each table is new.
 */
public class LocalTable {

    private static final URI ENGINE = start();

    /** The first table waits for the engine, which has a cold JVM's work to do on what may be a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DynamoDbClient dynamo = client(UrlConnectionHttpClient.create());
    private final String name = "table-" + UUID.randomUUID();
    private final Set<String> keys = new HashSet<>();

    public LocalTable(TableSchema schema) {
        keys.add(schema.key().partition());
        schema.key().sort().ifPresent(keys::add);
        dynamo.createTable(CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(elements(schema.key()))
                .attributeDefinitions(definitions(schema))
                // An empty list is refused; none at all is not.
                .globalSecondaryIndexes(schema.indexes().isEmpty() ? null
                        : schema.indexes().stream().map(LocalTable::index).toList())
                .overrideConfiguration(settings -> settings.apiCallTimeout(PATIENCE))
                .build());
        dynamo.waiter().waitUntilTableExists(request -> request.tableName(name));
    }

    public static URI endpoint() {
        return ENGINE;
    }

    public String name() {
        return name;
    }

    public DynamoDbClient dynamo() {
        return dynamo;
    }

    /** Returns a client that sends by {@code http} and repeats as the function's does, without its pauses. */
    public static DynamoDbClient client(SdkHttpClient http) {
        return DynamoDbClient.builder()
                .endpointOverride(ENGINE)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(http)
                .overrideConfiguration(settings -> settings
                        .apiCallTimeout(Duration.ofSeconds(5))
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .backoffStrategy(BackoffStrategy.retryImmediately())
                                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                                .build()))
                .build();
    }

    /** Returns everything that the table holds. */
    public List<Map<String, AttributeValue>> items() {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        dynamo.scanPaginator(request -> request.tableName(name).consistentRead(true)).items().forEach(items::add);
        return items;
    }

    public void empty() {
        for (Map<String, AttributeValue> item : items()) {
            Map<String, AttributeValue> key = new HashMap<>(item);
            key.keySet().retainAll(keys);
            dynamo.deleteItem(request -> request.tableName(name).key(key));
        }
    }

    private static List<AttributeDefinition> definitions(TableSchema schema) {
        Stream<TableSchema.Key> keys = Stream.concat(
                Stream.of(schema.key()), schema.indexes().stream().map(TableSchema.Index::key));
        return keys.flatMap(key -> Stream.concat(Stream.of(key.partition()), key.sort().stream()))
                .distinct()
                .map(attribute -> AttributeDefinition.builder()
                        .attributeName(attribute)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .toList();
    }

    private static GlobalSecondaryIndex index(TableSchema.Index index) {
        ProjectionType projection = index.allAttributes() ? ProjectionType.ALL : ProjectionType.KEYS_ONLY;
        return GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(elements(index.key()))
                .projection(built -> built.projectionType(projection))
                .build();
    }

    private static List<KeySchemaElement> elements(TableSchema.Key key) {
        List<KeySchemaElement> elements = new ArrayList<>();
        elements.add(element(key.partition(), KeyType.HASH));
        key.sort().ifPresent(sort -> elements.add(element(sort, KeyType.RANGE)));
        return elements;
    }

    private static KeySchemaElement element(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    private static URI start() {
        try {
            int port = freePort();
            DynamoDBProxyServer server = ServerRunner.createServerFromCommandLineArgs(
                    new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
            server.start();
            return URI.create("http://127.0.0.1:" + port);
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local does not start", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
