package dev.plinth.local.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.door.Faults.Fault;
import dev.plinth.local.door.Faults.Moment;
import dev.plinth.local.engine.LocalS3;
import dev.plinth.local.engine.S3Buckets;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.iam.PolicyReader;
import dev.plinth.local.iam.Role;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.net.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The AWS SDK keeps objects through the door, and hands out URLs of them. */
class S3ServiceTest {
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    private final Callers callers = new Callers();
    private final Faults faults = new Faults();
    private final Journal journal = new Journal();
    private final S3Buckets buckets = new S3Buckets(LocalS3.url());
    private final AwsCredentialsProvider operator = AwsCallers.provider(Callers.OPERATOR);
    private Optional<Policy> bucketPolicy = Optional.empty();
    private String bucket;
    private LoopbackServer server;

    @BeforeEach
    void start() throws Exception {
        Door door = new Door(callers, faults, journal, denial -> { });
        door.openS3(LocalS3.url(), arn -> bucketPolicy);
        server = LoopbackServer.start("a test", "(no flag)", 0, door::answer);
        bucket = LocalS3.bucket();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void keepsAnObjectWithItsTypeAndMetadata() throws Exception {
        S3Client client = client(allow("s3:GetObject", "s3:PutObject"));

        client.putObject(put -> put.bucket(bucket).key("archives/a b/ü+c.zip").contentType("application/zip")
                .metadata(Map.of("job", "17")), RequestBody.fromString("archive"));
        ResponseInputStream<GetObjectResponse> object =
                client.getObject(get -> get.bucket(bucket).key("archives/a b/ü+c.zip"));

        assertThat(new String(object.readAllBytes())).isEqualTo("archive");
        assertThat(object.response().contentType()).isEqualTo("application/zip");
        assertThat(object.response().metadata()).containsEntry("job", "17");
        assertThat(buckets.usage(bucket)).isEqualTo(new S3Buckets.Usage(1, 7));
        assertThat(journal.uses()).extracting(Journal.Use::permission).containsExactlyInAnyOrder(
                "s3:PutObject on arn:aws:s3:::" + bucket + "/archives/a b/ü+c.zip",
                "s3:GetObject on arn:aws:s3:::" + bucket + "/archives/a b/ü+c.zip");
    }

    @Test
    void takesObjectsThatAreLargerThanAnyOtherCall() throws Exception {
        byte[] large = new byte[24 * 1024 * 1024];
        new Random(1).nextBytes(large);
        S3Client client = client(operator);

        client.putObject(put -> put.bucket(bucket).key("large"), RequestBody.fromBytes(large));

        assertThat(client.getObjectAsBytes(get -> get.bucket(bucket).key("large")).asByteArray()).isEqualTo(large);
        assertThat(client.headObject(head -> head.bucket(bucket).key("large")).contentLength()).isEqualTo(large.length);
        assertThat(client.getObjectAsBytes(get -> get.bucket(bucket).key("large").range("bytes=10-19")).asByteArray())
                .hasSize(10);
    }

    @Test
    void deniesARoleWhatItsPoliciesDoNotAllow() {
        S3Client client = client(allow("s3:GetObject"));
        client(operator).putObject(put -> put.bucket(bucket).key("a"), RequestBody.fromString("a"));

        assertDenied(() -> client.putObject(put -> put.bucket(bucket).key("a"), RequestBody.fromString("b")),
                "s3:PutObject");
        assertDenied(() -> client.deleteObject(delete -> delete.bucket(bucket).key("a")), "s3:DeleteObject");
        assertDenied(() -> client.listObjectsV2(list -> list.bucket(bucket)), "s3:ListBucket");
        assertDenied(() -> client.getObject(get -> get.bucket("other").key("a")), "s3:GetObject");
        assertDenied(() -> client.getObject(get -> get.bucket(bucket).key("a").versionId("1")), "s3:GetObjectVersion");
        assertDenied(() -> client.putBucketAcl(put -> put.bucket(bucket).acl("private")), "does not know which");
        assertDenied(() -> client.deleteBucket(delete -> delete.bucket(bucket)), "does not know which");
        assertThat(client.getObjectAsBytes(get -> get.bucket(bucket).key("a")).asUtf8String()).isEqualTo("a");
        assertThat(journal.denials()).hasSize(7);
    }

    @Test
    void deniesWhatThePolicyOfTheBucketDenies() throws IOException {
        bucketPolicy = Optional.of(new PolicyReader(Set.of("aws:SecureTransport")).denials("policy", "test/policy",
                new ObjectMapper().readTree("""
                        {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
                         "Resource": ["arn:aws:s3:::%s", "arn:aws:s3:::%s/*"],
                         "Condition": {"Bool": {"aws:SecureTransport": "true"}}}}""".formatted(bucket, bucket))));

        assertDenied(() -> client(allow("s3:*")).getObject(get -> get.bucket(bucket).key("a")),
                "explicit deny in a resource-based policy");
    }

    @Test
    void tellsAMissingObjectOnlyToThoseWhoMayListTheBucket() {
        assertThatThrownBy(() -> client(allow("s3:GetObject")).getObject(get -> get.bucket(bucket).key("no")))
                .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        assertThatThrownBy(() -> client(allow("s3:GetObject")).headObject(head -> head.bucket(bucket).key("no")))
                .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        assertThatThrownBy(() -> client(allow("s3:GetObject", "s3:ListBucket"))
                .getObject(get -> get.bucket(bucket).key("no")))
                .isInstanceOfSatisfying(S3Exception.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(404);
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NoSuchKey");
                });
    }

    @Test
    void writesOnceWhenManyWriteWhatMustNotExist() throws Exception {
        S3Client client = client(allow("s3:PutObject"));
        ExecutorService writers = Executors.newFixedThreadPool(8);
        List<Callable<Integer>> writes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            RequestBody body = RequestBody.fromString("writer " + i);
            writes.add(() -> status(() -> client.putObject(
                    put -> put.bucket(bucket).key("once").ifNoneMatch("*"), body)));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> write : writers.invokeAll(writes)) {
            statuses.add(write.get());
        }
        writers.shutdown();

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 412).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void completesAnUploadInPartsUnlessTheObjectExists(boolean exists) {
        S3Client client = client(allow("s3:PutObject"));
        if (exists) {
            client.putObject(put -> put.bucket(bucket).key("parts"), RequestBody.fromString("x"));
        }
        String upload = client.createMultipartUpload(create -> create.bucket(bucket).key("parts")).uploadId();
        String tag = client.uploadPart(part -> part.bucket(bucket).key("parts").uploadId(upload).partNumber(1),
                RequestBody.fromString("part")).eTag();

        assertThat(status(() -> client.completeMultipartUpload(complete -> complete.bucket(bucket).key("parts")
                .uploadId(upload).ifNoneMatch("*").multipartUpload(parts -> parts.parts(
                        CompletedPart.builder().partNumber(1).eTag(tag).build()))))).isEqualTo(exists ? 412 : 200);
    }

    @Test
    void keepsTheVersionsOfABucketThatHasThem() throws Exception {
        buckets.keepVersions(bucket);
        S3Client client = client(allow("s3:PutObject", "s3:GetObject", "s3:GetObjectVersion", "s3:DeleteObject"));

        String first = client.putObject(put -> put.bucket(bucket).key("a"), RequestBody.fromString("1")).versionId();
        client.putObject(put -> put.bucket(bucket).key("a"), RequestBody.fromString("2"));
        client.deleteObject(delete -> delete.bucket(bucket).key("a"));

        assertThat(client.getObjectAsBytes(get -> get.bucket(bucket).key("a").versionId(first)).asUtf8String())
                .isEqualTo("1");
    }

    @Test
    void listsAndDeletesWhatTheRoleMay() {
        S3Client client = client(AwsCallers.withStatements(callers, """
                [{"Effect": "Allow", "Action": ["s3:PutObject", "s3:DeleteObject"], "Resource": "arn:aws:s3:::%1$s/a/*"},
                 {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::%1$s",
                  "Condition": {"StringEquals": {"s3:prefix": "a/"}}}]""".formatted(bucket)));
        client.putObject(put -> put.bucket(bucket).key("a/1"), RequestBody.fromString("1"));
        client.putObject(put -> put.bucket(bucket).key("a/2"), RequestBody.fromString("2"));

        ListObjectsV2Response list = client.listObjectsV2(request -> request.bucket(bucket).prefix("a/"));
        assertThat(list.contents()).extracting(S3Object::key).containsExactly("a/1", "a/2");
        assertDenied(() -> client.listObjectsV2(request -> request.bucket(bucket)), "s3:ListBucket");
        assertDenied(() -> client.deleteObjects(request -> request.bucket(bucket).delete(what -> what.objects(
                id("a/1"), id("b/1")))), "s3:DeleteObject");
        client.deleteObjects(request -> request.bucket(bucket).delete(what -> what.objects(id("a/1"), id("a/2"))));
        assertThat(client.listObjectsV2(request -> request.bucket(bucket).prefix("a/")).contents()).isEmpty();
    }

    @Test
    void copiesFromWhereTheRoleMayRead() {
        client(operator).putObject(put -> put.bucket(bucket).key("from"), RequestBody.fromString("x"));

        assertDenied(() -> client(allow("s3:PutObject")).copyObject(copy ->
                copy.sourceBucket(bucket).sourceKey("from").destinationBucket(bucket).destinationKey("to")), "s3:GetObject");
        client(allow("s3:PutObject", "s3:GetObject")).copyObject(copy ->
                copy.sourceBucket(bucket).sourceKey("from").destinationBucket(bucket).destinationKey("to"));
        assertThat(client(operator).getObjectAsBytes(get -> get.bucket(bucket).key("to")).asUtf8String()).isEqualTo("x");
    }

    @Test
    void takesOneObjectAfterTheOtherOverAConnection() throws Exception {
        S3Client client = client(operator);

        for (int i = 0; i < 300; i++) {
            String key = "k" + i;
            client.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("ab"));
        }

        assertThat(buckets.usage(bucket)).isEqualTo(new S3Buckets.Usage(300, 600));
    }

    @Test
    void keepsNothingWhoseChecksumIsNotThatOfTheBody() throws Exception {
        assertThat(status(() -> client(operator).putObject(put -> put.bucket(bucket).key("a").checksumCRC32("AAAAAA=="),
                RequestBody.fromString("ab")))).isEqualTo(400);
        HttpResponse<String> answer = BROWSER.send(HttpRequest.newBuilder(URI.create(server.url() + "/" + bucket + "/a"))
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=" + Callers.OPERATOR.accessKeyId()
                        + "/20261121/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0")
                .header("X-Amz-Content-Sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
                .header("X-Amz-Decoded-Content-Length", "2").header("X-Amz-Trailer", "x-amz-checksum-crc32")
                .PUT(HttpRequest.BodyPublishers.ofString("2\r\nab\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"))
                .build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(buckets.usage(bucket)).isEqualTo(new S3Buckets.Usage(0, 0));
    }

    @Test
    void failsAsAFaultOrders() {
        faults.order(new Fault("s3:PutObject", Optional.empty(), Moment.AFTER, 0, Optional.of("InternalError"), 500, 0, 1));
        S3Client client = client(operator);

        assertThat(status(() -> client.putObject(put -> put.bucket(bucket).key("a"), RequestBody.fromString("a"))))
                .isEqualTo(500);
        assertThat(client.getObjectAsBytes(get -> get.bucket(bucket).key("a")).asUtf8String()).isEqualTo("a");
    }

    @Test
    void servesWhoeverHoldsASignedUrl() throws Exception {
        AwsCredentialsProvider role = allow("s3:GetObject", "s3:PutObject");
        client(role).putObject(put -> put.bucket(bucket).key("a b.zip"), RequestBody.fromString("archive"));

        HttpResponse<String> answer = get(url(role, "a b.zip"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("archive");
        assertThat(answer.headers().firstValue("content-disposition")).hasValue("attachment; filename=\"a.zip\"");
    }

    @Test
    void servesNothingByAUrlThatWasChanged() throws Exception {
        AwsCredentialsProvider role = allow("s3:*");
        client(role).putObject(put -> put.bucket(bucket).key("one"), RequestBody.fromString("1"));
        client(role).putObject(put -> put.bucket(bucket).key("two"), RequestBody.fromString("2"));
        String url = url(role, "one");

        assertError(get(url.replace("/one?", "/two?")), 403, "SignatureDoesNotMatch");
        assertError(get(url.replace("X-Amz-Expires=300", "X-Amz-Expires=3000")), 403, "SignatureDoesNotMatch");
        assertError(get(url.replace("a.zip", "b.zip")), 403, "SignatureDoesNotMatch");
        assertError(get(url + "&versionId=1"), 403, "SignatureDoesNotMatch");
        assertError(get(url.replaceFirst("X-Amz-Signature=.", "X-Amz-Signature=x")), 403, "SignatureDoesNotMatch");
        assertError(get(url.replaceFirst("Credential=[A-Z0-9]+", "Credential=ASIANOBODY")), 403, "InvalidAccessKeyId");
        assertError(get(url.replaceFirst("&X-Amz-Expires=[0-9]+", "")), 400, "AuthorizationQueryParametersError");
        assertThat(BROWSER.send(HttpRequest.newBuilder(URI.create(url)).DELETE().build(),
                HttpResponse.BodyHandlers.ofString()).body()).contains("SignatureDoesNotMatch");
        assertThat(get(url.replaceFirst("\\?.*", "")).statusCode()).isEqualTo(403);
        assertThat(get(url).body()).isEqualTo("1");
    }

    @Test
    void asksForThePermissionWhenTheUrlIsUsed() throws Exception {
        AwsCredentialsProvider role = allow("s3:GetObject", "s3:PutObject");
        client(role).putObject(put -> put.bucket(bucket).key("a"), RequestBody.fromString("a"));
        String url = url(role, "a");
        assertThat(get(url).statusCode()).isEqualTo(200);

        Role before = callers.signer(role.resolveCredentials().accessKeyId()).orElseThrow().role().orElseThrow();
        callers.define(new Role(before.name(), before.arn(), before.constructPath(), List.of(), Optional.empty()));

        assertError(get(url), 403, "AccessDenied");
        assertError(get(url(role, "missing")), 403, "AccessDenied");
    }

    @Test
    void saysWhatIsMissingInS3sWords() throws Exception {
        assertError(get(url(operator, "missing")), 404, "NoSuchKey");
    }

    private static ObjectIdentifier id(String key) {
        return ObjectIdentifier.builder().key(key).build();
    }

    private static void assertError(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("application/xml"));
        assertThat(answer.body()).contains("<Code>" + code + "</Code>");
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return BROWSER.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String url(AwsCredentialsProvider credentials, String key) {
        try (S3Presigner presigner = S3Presigner.builder().endpointOverride(URI.create(server.url()))
                .region(Region.US_EAST_1).credentialsProvider(credentials)
                .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build()).build()) {
            URL url = presigner.presignGetObject(presign -> presign.signatureDuration(Duration.ofMinutes(5))
                    .getObjectRequest(get -> get.bucket(bucket).key(key)
                            .responseContentDisposition("attachment; filename=\"a.zip\""))).url();
            return url.toString();
        }
    }

    private static int status(Callable<?> call) {
        try {
            call.call();
            return 200;
        } catch (S3Exception e) {
            return e.statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertDenied(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, denied -> {
            assertThat(denied.statusCode()).isEqualTo(403);
            assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        }).hasMessageContaining(message);
    }

    private AwsCredentialsProvider allow(String... actions) {
        return AwsCallers.withStatements(callers, """
                {"Effect": "Allow", "Action": ["%s"], "Resource": ["arn:aws:s3:::%s", "arn:aws:s3:::%s/*"]}"""
                .formatted(String.join("\", \"", actions), bucket, bucket));
    }

    private S3Client client(AwsCredentialsProvider credentials) {
        return S3Client.builder().endpointOverride(URI.create(server.url())).region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create()).credentialsProvider(credentials)
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1))).build();
    }
}
