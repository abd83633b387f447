package dev.plinth.local.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.door.Faults.Fault;
import dev.plinth.local.door.Faults.Moment;
import dev.plinth.local.engine.DynamoDbEngine;
import dev.plinth.local.engine.DynamoDbTables;
import dev.plinth.local.iam.PolicyReader;
import dev.plinth.local.iam.Role;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.RoleCredentials.Credentials;
import dev.plinth.local.net.LoopbackServer;
import dev.plinth.local.network.Network;
import dev.plinth.local.network.Placement;
import dev.plinth.local.network.Subnet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The AWS SDK speaks to the door, and behind it is DynamoDB Local. Each test has a role of its own. */
class DoorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Account ACCOUNT = new Account("000000000000", "us-east-1");
    private static final String TABLE = "things";
    private static final String TABLE_ARN = ACCOUNT.arn("dynamodb", "table/" + TABLE);
    private static final Callers CALLERS = new Callers();
    private static final Faults FAULTS = new Faults();
    private static final Journal JOURNAL = new Journal();
    private static final Network NETWORK = new Network();
    private static final List<String> EXPLANATIONS = new ArrayList<>();

    private static DynamoDbEngine engine;
    private static LoopbackServer server;

    private final String id = UUID.randomUUID().toString();

    @BeforeAll
    static void start() throws Exception {
        engine = DynamoDbEngine.start(Path.of("target/native"), Optional.empty());
        new DynamoDbTables(engine.url()).create((ObjectNode) JSON.readTree("""
                {"TableName": "things", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
                 "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                 "GlobalSecondaryIndexes": [{"IndexName": "byPk", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
                                             "Projection": {"ProjectionType": "ALL"}}]}"""), Optional.empty());
        Door door = new Door(CALLERS, FAULTS, JOURNAL, EXPLANATIONS::add);
        door.standIn(NETWORK);
        door.openDynamoDb(ACCOUNT, engine.url());
        server = LoopbackServer.start("a test", "(no flag)", 0, door::answer);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        engine.close();
    }

    @Test
    void letsARoleDoWhatItsPolicyAllowsAndRecordsThePermission() throws Exception {
        DynamoDbClient client = allowed("[\"dynamodb:PutItem\", \"dynamodb:GetItem\"]", TABLE_ARN);

        put(client);

        assertThat(get(client)).isTrue();
        assertThat(JOURNAL.uses()).contains(new Journal.Use("role-" + id, "dynamodb:PutItem on " + TABLE_ARN, 1));
    }

    @Test
    void deniesWhatNoStatementAllowsInTheWordsOfAwsAndWritesNothing() throws Exception {
        DynamoDbClient client = allowed("\"dynamodb:GetItem\"", TABLE_ARN);

        assertThatThrownBy(() -> put(client)).isInstanceOfSatisfying(DynamoDbException.class, denied -> {
            assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
            assertThat(denied.getMessage()).contains("is not authorized to perform: dynamodb:PutItem on resource: " + TABLE_ARN);
        });

        assertThat(get(client)).isFalse();
        assertThat(EXPLANATIONS.get(EXPLANATIONS.size() - 1)).contains("test/role-" + id, "dynamodb:PutItem", TABLE_ARN);
        assertThat(JOURNAL.denials().get(0).name()).isEqualTo("dynamodb:PutItem");
    }

    @Test
    void deniesWhatTheNetworkDoesNotLeadTo() throws Exception {
        DynamoDbClient client = allowed("\"dynamodb:PutItem\"", TABLE_ARN);
        NETWORK.addSubnet(new Subnet("subnet-" + id, "test/Subnet", "vpc", "10.0.0.0/24"));
        NETWORK.place("role-" + id, "test/Function", Optional.of(new Placement("test/Function", List.of("subnet-" + id), List.of())));

        assertThatThrownBy(() -> put(client)).isInstanceOfSatisfying(DynamoDbException.class, denied -> {
            assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
            assertThat(denied.getMessage()).contains("test/Function", "the VPC has no endpoint of dynamodb");
        });
        assertThat(JOURNAL.denials().get(0).explanation()).contains("No way through the network to dynamodb:PutItem");
    }

    @Test
    void wantsTheIndexInThePolicyOfAQueryOnIt() throws Exception {
        DynamoDbClient client = allowed("\"dynamodb:Query\"", TABLE_ARN);

        assertThat(query(client, null)).isZero();
        assertThatThrownBy(() -> query(client, "byPk")).hasMessageContaining(TABLE_ARN + "/index/byPk");
    }

    @Test
    void wantsThePermissionOfEveryPartOfATransaction() throws Exception {
        DynamoDbClient client = allowed("[\"dynamodb:PutItem\", \"dynamodb:GetItem\"]", TABLE_ARN);

        assertThatThrownBy(() -> client.transactWriteItems(transaction -> transaction.transactItems(
                TransactWriteItem.builder().put(put -> put.tableName(TABLE).item(key())).build(),
                TransactWriteItem.builder().delete(delete -> delete.tableName(TABLE)
                        .key(Map.of("pk", AttributeValue.fromS("other")))).build())))
                .hasMessageContaining("dynamodb:DeleteItem");

        assertThat(get(client)).isFalse();
    }

    @Test
    void deniesAnOperationThatItCannotMapWhateverThePolicyAllows() throws Exception {
        DynamoDbClient client = allowed("\"dynamodb:*\"", "*");

        assertThatThrownBy(() -> client.executeStatement(statement -> statement.statement("SELECT * FROM things")))
                .hasMessageContaining("does not know which permissions dynamodb:ExecuteStatement needs");
    }

    @Test
    void refusesAnUnknownAccessKey() {
        DynamoDbClient client = client(new Credentials("ASIANOBODYNOBODYNOBO", "secret", "token"));

        assertThatThrownBy(() -> get(client)).hasMessageContaining("security token included in the request is invalid");
    }

    @Test
    void refusesAnUnsignedCall() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(server.url()))
                .POST(HttpRequest.BodyPublishers.ofString("{}")).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("must be signed");
    }

    @ParameterizedTest
    @CsvSource({"BEFORE, false", "AFTER, true"})
    void strikesBeforeOrAfterTheEngineHasWorked(Moment moment, boolean written) throws Exception {
        DynamoDbClient client = allowed("\"dynamodb:*\"", TABLE_ARN);
        FAULTS.order(new Fault("dynamodb:PutItem", Optional.empty(), moment, 0,
                Optional.of("InternalServerError"), 500, 0, 1));

        assertThatThrownBy(() -> put(client)).isInstanceOf(InternalServerErrorException.class);

        assertThat(get(client)).isEqualTo(written);
        assertThat(FAULTS.view()).isEmpty();
        put(client);
        assertThat(get(client)).isTrue();
    }

    @Test
    void strikesOnlyTheCallerThatTheFaultNamesAndLetsTheFirstCallsPass() throws Exception {
        DynamoDbClient client = allowed("\"dynamodb:*\"", TABLE_ARN);
        FAULTS.order(new Fault("*", Optional.of("somebody-else"), Moment.BEFORE, 0, Optional.of("X"), 500, 0, 1));
        FAULTS.order(new Fault("*", Optional.of(id), Moment.BEFORE, 0,
                Optional.of("InternalServerError"), 500, 1, 1));

        put(client);
        assertThatThrownBy(() -> put(client)).isInstanceOf(InternalServerErrorException.class);
        put(client);

        assertThat(FAULTS.view()).hasSize(1);
        FAULTS.clear();
    }

    private DynamoDbClient allowed(String actions, String resource) throws IOException {
        String name = "role-" + id;
        String document = """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": %s, "Resource": "%s"}}"""
                .formatted(actions, resource);
        CALLERS.define(new Role(name, ACCOUNT.globalArn("iam", "role/" + name), "test/" + name,
                List.of(new PolicyReader(Set.of()).policy("policy", "test/" + name, JSON.readTree(document))), Optional.empty()));
        return client(CALLERS.of(name));
    }

    private static DynamoDbClient client(Credentials credentials) {
        return DynamoDbClient.builder().endpointOverride(URI.create(server.url())).region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
                .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken()))).build();
    }

    private Map<String, AttributeValue> key() {
        return Map.of("pk", AttributeValue.fromS(id));
    }

    private void put(DynamoDbClient client) {
        client.putItem(request -> request.tableName(TABLE).item(key()));
    }

    private boolean get(DynamoDbClient client) {
        return client.getItem(request -> request.tableName(TABLE).key(key()).consistentRead(true)).hasItem();
    }

    private int query(DynamoDbClient client, String index) {
        return client.query(request -> request.tableName(TABLE).indexName(index).keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(id)))).count();
    }
}
