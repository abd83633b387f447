package dev.plinth.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

class S3EngineTest {
    @TempDir
    private Path directory;

    @Test
    void findsWhatItKeptInFiles() throws Exception {
        try (S3Engine engine = S3Engine.start(Optional.of(directory))) {
            new S3Buckets(engine.url()).create("kept");
            client(engine.url()).putObject(put -> put.bucket("kept").key("a/b c").contentType("application/zip")
                    .metadata(Map.of("job", "17")), RequestBody.fromString("archive"));
            assertThat(engine.supportsVersions()).isFalse();
        }

        try (S3Engine engine = S3Engine.start(Optional.of(directory))) {
            S3Buckets buckets = new S3Buckets(engine.url());
            buckets.create("kept");
            ResponseBytes<GetObjectResponse> object =
                    client(engine.url()).getObjectAsBytes(get -> get.bucket("kept").key("a/b c"));
            assertThat(object.asUtf8String()).isEqualTo("archive");
            assertThat(object.response().contentType()).isEqualTo("application/zip");
            assertThat(object.response().metadata()).containsEntry("job", "17");
            assertThat(buckets.usage("kept")).isEqualTo(new S3Buckets.Usage(1, 7));
            assertThatThrownBy(() -> buckets.delete("kept")).isInstanceOf(S3Buckets.NotEmptyException.class);
        }
    }

    @Test
    void writesAFileOnceWhenManyWriteWhatMustNotExist() throws Exception {
        try (S3Engine engine = S3Engine.start(Optional.of(directory))) {
            new S3Buckets(engine.url()).create("kept");
            HttpClient client = HttpClient.newHttpClient();
            ExecutorService writers = Executors.newFixedThreadPool(8);
            List<Callable<Integer>> writes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                HttpRequest write = HttpRequest.newBuilder(engine.url().resolve("/kept/once"))
                        .header("If-None-Match", "*")
                        .PUT(HttpRequest.BodyPublishers.ofString("writer " + i)).build();
                // The SDK would send a write again whose answer was lost, and be told that it exists.
                writes.add(() -> client.send(write, HttpResponse.BodyHandlers.discarding()).statusCode());
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> write : writers.invokeAll(writes)) {
                statuses.add(write.get());
            }
            writers.shutdown();

            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 412);
        }
    }

    @Test
    void countsObjectsOnEveryPageOfAList() throws IOException, InterruptedException {
        String bucket = LocalS3.bucket();
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 1003; i++) {
            client.send(HttpRequest.newBuilder(URI.create(LocalS3.url() + "/" + bucket + "/k" + i))
                    .PUT(HttpRequest.BodyPublishers.ofString("ab")).build(), HttpResponse.BodyHandlers.discarding());
        }

        assertThat(new S3Buckets(LocalS3.url()).usage(bucket)).isEqualTo(new S3Buckets.Usage(1003, 2006));
    }

    private static S3Client client(URI engine) {
        return S3Client.builder().endpointOverride(engine).region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create()).credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("anybody", "anything"))).build();
    }
}
