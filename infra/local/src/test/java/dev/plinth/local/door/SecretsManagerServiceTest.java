package dev.plinth.local.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.iam.PolicyReader;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.net.LoopbackServer;
import dev.plinth.local.secrets.Rotation;
import dev.plinth.local.secrets.Rotations;
import dev.plinth.local.secrets.Secrets;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** The AWS SDK speaks to Secrets Manager behind the door. */
class SecretsManagerServiceTest {
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:rotate";

    private final Callers callers = new Callers();
    private final Secrets secrets =
            Secrets.inMemory(AwsCallers.ACCOUNT.arn("secretsmanager", "secret:"), Clock.systemUTC());
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();
    private final Rotations rotations = new Rotations(secrets,
            (function, secret, event) -> events.add(new String(event, StandardCharsets.UTF_8)), Clock.systemUTC(),
            printed::add);
    private LoopbackServer server;
    private String arn;
    private Policy policy;

    @BeforeEach
    void start() throws IOException {
        Door door = new Door(callers, new Faults(), new Journal(), denial -> { });
        door.openSecretsManager(secrets, rotations, secret -> Optional.ofNullable(policy));
        server = LoopbackServer.start("a test", "(no flag)", 0, door::answer);
        arn = secrets.create("key", "{\"password\":\"first\"}");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        rotations.close();
    }

    @Test
    void answersReadersAndRotationFunctionsAsAwsDoes() {
        SecretsManagerClient client = client(AwsCallers.withStatements(callers, allow("secretsmanager:*", arn)));
        GetSecretValueResponse first = client.getSecretValue(get -> get.secretId(arn));
        assertThat(first.secretString()).isEqualTo("{\"password\":\"first\"}");
        assertThat(first.arn()).isEqualTo(arn);
        assertThat(first.name()).isEqualTo("key");
        assertThat(first.versionStages()).containsExactly("AWSCURRENT");
        assertThat(first.createdDate())
                .isBetween(Clock.systemUTC().instant().minusSeconds(60), Clock.systemUTC().instant());
        String next = "11111111-1111-1111-1111-111111111111";

        client.putSecretValue(put -> put.secretId("key").clientRequestToken(next).secretString("second")
                .versionStages("AWSPENDING"));
        assertThat(client.getSecretValue(get -> get.secretId("key").versionId(next).versionStage("AWSPENDING"))
                .secretString())
                .isEqualTo("second");
        client.updateSecretVersionStage(update -> update.secretId(arn).versionStage("AWSCURRENT").moveToVersionId(next)
                .removeFromVersionId(first.versionId()));

        assertThat(client.getSecretValue(get -> get.secretId(arn)).secretString()).isEqualTo("second");
        DescribeSecretResponse described = client.describeSecret(describe -> describe.secretId(arn));
        assertThat(described.versionIdsToStages().get(next)).containsExactly("AWSCURRENT", "AWSPENDING");
        assertThat(described.versionIdsToStages().get(first.versionId())).containsExactly("AWSPREVIOUS");
        assertThat(described.rotationEnabled()).isNull();
        assertThat(client.listSecretVersionIds(list -> list.secretId(arn)).versions()).hasSize(2);
    }

    @Test
    void keepsBytesAsBytes() {
        SecretsManagerClient client = client(AwsCallers.provider(Callers.OPERATOR));

        client.putSecretValue(put -> put.secretId(arn).secretBinary(SdkBytes.fromByteArray(new byte[] {0, -1})));

        assertThat(client.getSecretValue(get -> get.secretId(arn)).secretBinary().asByteArray()).containsExactly(0, -1);
        assertThat(client.getSecretValue(get -> get.secretId(arn)).secretString()).isNull();
    }

    @Test
    void answersWithTheErrorsOfAws() {
        SecretsManagerClient client = client(AwsCallers.provider(Callers.OPERATOR));

        assertThatThrownBy(() -> client.getSecretValue(get -> get.secretId("other")))
                .isInstanceOf(ResourceNotFoundException.class).hasMessageContaining("can't find the specified secret");
        assertThatThrownBy(() -> client.getSecretValue(get -> get.secretId(arn).versionStage("AWSPENDING")))
                .isInstanceOf(ResourceNotFoundException.class).hasMessageContaining("staging label: AWSPENDING");
        assertThatThrownBy(() -> client.rotateSecret(rotate -> rotate.secretId(arn)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> client.deleteSecret(delete -> delete.secretId(arn)))
                .isInstanceOf(SecretsManagerException.class)
                .hasMessageContaining("does not answer secretsmanager:DeleteSecret");
    }

    @Test
    void wantsThePermissionOnTheArnHoweverTheSecretIsNamed() {
        String other = secrets.create("other", "{}");
        SecretsManagerClient client = client(AwsCallers.withStatements(callers,
                allow("secretsmanager:GetSecretValue", other)));

        assertThat(client.getSecretValue(get -> get.secretId("other")).arn()).isEqualTo(other);
        for (String id : new String[] {"key", arn}) {
            assertThatThrownBy(() -> client.getSecretValue(get -> get.secretId(id)))
                    .isInstanceOfSatisfying(SecretsManagerException.class, denied -> {
                        assertThat(denied.statusCode()).isEqualTo(400);
                        assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                        assertThat(denied.getMessage()).contains("secretsmanager:GetSecretValue", arn);
                    });
        }
        assertThatThrownBy(() -> client.putSecretValue(put -> put.secretId("other").secretString("x")))
                .hasMessageContaining("secretsmanager:PutSecretValue");
    }

    @Test
    void deniesWhatTheSecretsOwnPolicyDenies() throws Exception {
        AwsCredentialsProvider role = AwsCallers.withStatements(callers, allow("secretsmanager:*", arn));
        policy = new PolicyReader(Door.conditionKeysOfSecrets()).denials("Policy", "Shop/Policy", new ObjectMapper().readTree("""
                {"Version": "2012-10-17", "Statement": [
                 {"Effect": "Deny", "Principal": "*", "Action": "secretsmanager:*", "Resource": "*",
                  "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
                 {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "secretsmanager:PutSecretValue", "Resource": "*"}]}"""));

        assertThat(client(role).getSecretValue(get -> get.secretId(arn)).name()).isEqualTo("key");
        assertThatThrownBy(() -> client(role).putSecretValue(put -> put.secretId(arn).secretString("x")))
                .hasMessageContaining("explicit deny in a resource-based policy");
    }

    @Test
    void letsTheRotationFunctionOfASecretDoWhatAPolicyAllowsItAlone() {
        AwsCredentialsProvider role = AwsCallers.withStatements(callers, """
                {"Effect": "Allow", "Action": "secretsmanager:DescribeSecret", "Resource": "*",
                 "Condition": {"StringEquals": {"secretsmanager:resource/AllowRotationLambdaArn": "%s"}}}""".formatted(FUNCTION));

        assertThatThrownBy(() -> client(role).describeSecret(describe -> describe.secretId(arn)))
                .hasMessageContaining("not authorized");
        secrets.schedule(arn, new Rotation(FUNCTION, Duration.ofDays(1)));

        assertThat(client(role).describeSecret(describe -> describe.secretId(arn)).rotationLambdaARN())
                .isEqualTo(FUNCTION);
    }

    @Test
    void beginsARotationOnOrder() throws Exception {
        secrets.schedule(arn, new Rotation(FUNCTION, Duration.ofDays(1)));
        SecretsManagerClient client = client(AwsCallers.provider(Callers.OPERATOR));

        String version = client.rotateSecret(rotate -> rotate.secretId(arn)).versionId();

        assertThat(events.poll(20, TimeUnit.SECONDS)).contains("createSecret", version);
        // The function of this test makes no value, which Secrets Manager notices at the end.
        assertThat(printed.poll(20, TimeUnit.SECONDS)).contains("did not succeed");
    }

    @Test
    void makesPasswords() {
        SecretsManagerClient client = client(AwsCallers.withStatements(callers,
                allow("secretsmanager:GetRandomPassword", "*")));

        assertThat(client.getRandomPassword(get -> get.passwordLength(20L).excludePunctuation(true)).randomPassword())
                .matches("[A-Za-z0-9]{20}");
    }

    private static String allow(String action, String resource) {
        return "{\"Effect\": \"Allow\", \"Action\": \"" + action + "\", \"Resource\": \"" + resource + "\"}";
    }

    private SecretsManagerClient client(AwsCredentialsProvider credentials) {
        return SecretsManagerClient.builder().endpointOverride(URI.create(server.url())).region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create()).credentialsProvider(credentials)
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1))).build();
    }
}
