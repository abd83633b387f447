package dev.plinth.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.engine.S3Buckets;
import dev.plinth.local.iam.PolicyException;
import dev.plinth.local.lambda.RoleCredentials.Credentials;
import dev.plinth.local.template.DeployedStack;
import dev.plinth.local.template.TemplateException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Buckets and their policies, from the template to the SDK's call. */
@Timeout(60)
class BucketResourcesTest {
    @TempDir
    private Path directory;

    private TestCloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new TestCloud(directory);
    }

    @AfterEach
    void stop() throws IOException {
        cloud.close();
    }

    @Test
    void givesABucketTheNameAndTheVersionsOfItsTemplate() throws Exception {
        DeployedStack stack = cloud.deploy(TEMPLATE);
        String bucket = name(stack, "Files");

        assertThat(bucket).matches("shop-files-[a-z0-9]{12}");
        assertThat(stack.outputs()).extracting(DeployedStack.Output::value).containsExactly(
                "arn:aws:s3:::" + bucket, bucket + ".s3.amazonaws.com", bucket + ".s3.eu-west-1.amazonaws.com");
        try (S3Client client = client("Role")) {
            assertThat(client.putObject(put -> put.bucket(bucket).key("a"), RequestBody.fromString("a")).versionId())
                    .isNotNull();
            assertThat(client.putObject(put -> put.bucket(name(stack, "Named")).key("a"), RequestBody.fromString("a"))
                    .versionId()).isNull();
        }
    }

    @Test
    void deniesWhatThePolicyOfTheBucketDenies() throws Exception {
        DeployedStack stack = cloud.deploy(replace("\"aws:SecureTransport\": \"false\"", "\"aws:SecureTransport\": \"true\""));

        try (S3Client client = client("Role")) {
            assertThatThrownBy(() -> client.putObject(put -> put.bucket(name(stack, "Files")).key("a"),
                    RequestBody.fromString("a"))).isInstanceOf(S3Exception.class)
                    .hasMessageContaining("explicit deny in a resource-based policy");
        }
    }

    @Test
    void letsPagesOfTheOriginsOfTheTemplateReadABucket() throws Exception {
        String url = cloud.doorUrl() + "/" + name(cloud.deploy(TEMPLATE), "Files") + "/a";

        HttpResponse<String> allowed = preflight(url, "https://app.example", "GET");
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue("access-control-allow-origin")).hasValue("https://app.example");
        assertThat(allowed.headers().firstValue("access-control-max-age")).hasValue("3600");
        assertThat(preflight(url, "https://evil.example", "GET").statusCode()).isEqualTo(403);
        assertThat(preflight(url, "https://app.example", "PUT").statusCode()).isEqualTo(403);
        assertThat(preflight(url.replace("files", "other"), "https://app.example", "GET").statusCode()).isEqualTo(403);
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(signed(url)))
                .header("Origin", "https://app.example").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("a");
        assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue("https://app.example");
    }

    private static HttpResponse<String> preflight(String url, String origin, String method) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url)).header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Keeps an object, and returns the URL of it that the role has signed. */
    private String signed(String url) {
        String bucket = URI.create(url).getPath().split("/")[1];
        try (S3Client client = client("Role"); S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(URI.create(cloud.doorUrl())).region(Region.EU_WEST_1).credentialsProvider(provider("Role"))
                .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build()).build()) {
            client.putObject(put -> put.bucket(bucket).key("a"), RequestBody.fromString("a"));
            return presigner.presignGetObject(sign -> sign.signatureDuration(Duration.ofMinutes(1))
                    .getObjectRequest(get -> get.bucket(bucket).key("a"))).url().toString();
        }
    }

    @Test
    void deletesABucketThatIsEmptyAndNoOther() throws Exception {
        DeployedStack stack = cloud.deploy(TEMPLATE);
        String bucket = name(stack, "Named");
        try (S3Client client = client("Role")) {
            client.putObject(put -> put.bucket(bucket).key("a"), RequestBody.fromString("a"));
            assertThatThrownBy(() -> cloud.buckets().deleteBucket(bucket))
                    .isInstanceOf(S3Buckets.NotEmptyException.class).hasMessageContaining(bucket);

            client.deleteObject(delete -> delete.bucket(bucket).key("a"));
            cloud.buckets().deleteBucket(bucket);

            assertThat(cloud.buckets().constructPaths()).containsOnlyKeys(name(stack, "Files"));
            assertThatThrownBy(() -> client.putObject(put -> put.bucket(bucket).key("a"), RequestBody.fromString("a")))
                    .hasMessageContaining("bucket does not exist");
            cloud.buckets().deleteBucket(bucket);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "shop-named | Shop_Named | BucketName | lower-case",
        "\"Status\": \"Enabled\"}, \"Lif | \"Status\": \"On\"}, \"Lif | Status | Enabled, Suspended",
        "\"ExpirationInDays\": 90 | \"ExpirationInYears\": 90 | ExpirationInYears | LifecycleConfiguration",
        "[\"GET\"] | [\"PATCH\"] | AllowedMethods | GET, PUT",
        "INTELLIGENT_TIERING | CHEAP | StorageClass | INTELLIGENT_TIERING",
        "\"BucketName\": \"shop-named\" | \"ObjectLockEnabled\": true | ObjectLockEnabled | BucketName",
        "\"Bucket\": {\"Ref\": \"Files\"} | \"Bucket\": \"other\" | Bucket | of these templates"})
    void refusesWhatItCannotHonour(String right, String wrong, String property, String supported) {
        assertThatThrownBy(() -> cloud.deploy(replace(right, wrong))).isInstanceOf(TemplateException.class)
                .hasMessageContaining(property).hasMessageContaining(supported);
    }

    @Test
    void refusesAPolicyOfABucketThatAllows() {
        assertThatThrownBy(() -> cloud.deploy(replace("\"Effect\": \"Deny\"", "\"Effect\": \"Allow\"")))
                .hasRootCauseInstanceOf(PolicyException.class).hasMessageContaining("Deny, since roles are allowed");
    }

    private static String name(DeployedStack stack, String logicalId) {
        return stack.resources().stream().filter(resource -> resource.logicalId().equals(logicalId))
                .findFirst().orElseThrow().physicalId();
    }

    private S3Client client(String role) {
        return S3Client.builder().endpointOverride(URI.create(cloud.doorUrl())).region(Region.EU_WEST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
                .credentialsProvider(provider(role)).build();
    }

    private AwsCredentialsProvider provider(String role) {
        Credentials credentials = cloud.credentials(role);
        return StaticCredentialsProvider.create(AwsSessionCredentials.create(
                credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken()));
    }

    private static String replace(String right, String wrong) {
        assertThat(TEMPLATE).contains(right);
        return TEMPLATE.replace(right, wrong);
    }

    private static String resource(String logicalId, String type, String properties) {
        return "\"%s\": {\"Type\": \"%s\", \"Properties\": {%s}, \"Metadata\": {\"aws:cdk:path\": \"Shop/%s\"}}"
                .formatted(logicalId, type, properties, logicalId);
    }

    private static final String TEMPLATE = String.join(",\n", List.of(
            resource("Role", "AWS::IAM::Role", """
                    "AssumeRolePolicyDocument": %s, "Policies": [{"PolicyName": "files", "PolicyDocument":
                      {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject",
                       "s3:DeleteObject"], "Resource": [{"Fn::Sub": "${Files.Arn}/*"}, {"Fn::Sub": "${Named.Arn}/*"}]}}}]"""
                    .formatted(TestCloud.LAMBDA_TRUST)),
            resource("Files", "AWS::S3::Bucket", """
                    "VersioningConfiguration": {"Status": "Enabled"}, "LifecycleConfiguration": {"Rules": [
                      {"Id": "archives", "Status": "Enabled", "Prefix": "archives/", "ExpirationInDays": 90,
                       "Transitions": [{"StorageClass": "INTELLIGENT_TIERING", "TransitionInDays": 30}],
                       "NoncurrentVersionExpiration": {"NoncurrentDays": 7},
                       "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}}]},
                    "CorsConfiguration": {"CorsRules": [{"Id": "Download", "AllowedMethods": ["GET"],
                      "AllowedOrigins": ["https://app.example"], "MaxAge": 3600}]},
                    "BucketEncryption": {"ServerSideEncryptionConfiguration": []},
                    "PublicAccessBlockConfiguration": {"BlockPublicAcls": true}"""),
            resource("Named", "AWS::S3::Bucket", "\"BucketName\": \"shop-named\""),
            resource("Policy", "AWS::S3::BucketPolicy", """
                    "Bucket": {"Ref": "Files"}, "PolicyDocument": {"Version": "2012-10-17", "Statement": [
                      {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "s3:*",
                       "Condition": {"Bool": {"aws:SecureTransport": "false"}}, "Resource": [
                       {"Fn::GetAtt": ["Files", "Arn"]}, {"Fn::Sub": "${Files.Arn}/*"}]}]}""")))
            + "}, \"Outputs\": {\"Arn\": {\"Value\": {\"Fn::GetAtt\": [\"Files\", \"Arn\"]}}, "
            + "\"Domain\": {\"Value\": {\"Fn::GetAtt\": [\"Files\", \"DomainName\"]}}, "
            + "\"Regional\": {\"Value\": {\"Fn::GetAtt\": [\"Files\", \"RegionalDomainName\"]}}";
}
