package dev.plinth.functions.aws;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A versioned bucket in S3Proxy, which verifies signatures and their times. One engine serves all tests of a JVM; each
 * bucket is new.
 */
public final class LocalBucket {
    /** Whoever has these may do anything. */
    public static final AwsBasicCredentials CREDENTIALS = AwsBasicCredentials.create("test", "test");

    private static final URI ENGINE = start();

    private final S3Client s3 = client(UrlConnectionHttpClient.create());
    private final String name = "bucket-" + UUID.randomUUID();

    public LocalBucket() {
        s3.createBucket(request -> request.bucket(name));
        s3.putBucketVersioning(request -> request.bucket(name)
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
    }

    public static URI endpoint() {
        return ENGINE;
    }

    public String name() {
        return name;
    }

    public S3Client s3() {
        return s3;
    }

    /** Returns a client that sends by {@code http} and repeats as the function's does, without its pauses. */
    public static S3Client client(SdkHttpClient http) {
        return S3Client.builder()
                .endpointOverride(ENGINE)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(CREDENTIALS))
                .httpClient(http)
                .overrideConfiguration(settings -> settings
                        .addExecutionInterceptor(new NoExpectation())
                        .apiCallTimeout(Duration.ofSeconds(20))
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .backoffStrategy(BackoffStrategy.retryImmediately())
                                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                                .build()))
                .build();
    }

    /** Returns the keys of all objects, sorted. */
    public List<String> keys() {
        return s3.listObjectsV2(request -> request.bucket(name)).contents().stream().map(S3Object::key).sorted()
                .toList();
    }

    /** Returns how many versions all objects have, together. */
    public int versions() {
        return s3.listObjectVersions(request -> request.bucket(name)).versions().size();
    }

    /** Returns how many uploads in parts have begun and not ended. */
    public int uploads() {
        return s3.listMultipartUploads(request -> request.bucket(name)).uploads().size();
    }

    public byte[] bytes(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(name).key(key)).asByteArray();
    }

    public Map<String, String> metadata(String key) {
        return s3.headObject(request -> request.bucket(name).key(key)).metadata();
    }

    private static URI start() {
        S3Proxy server = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, CREDENTIALS.accessKeyId(), CREDENTIALS.secretAccessKey())
                .ignoreUnknownHeaders(true)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not start", e);
        }
        return URI.create("http://127.0.0.1:" + server.getPort());
    }
}
