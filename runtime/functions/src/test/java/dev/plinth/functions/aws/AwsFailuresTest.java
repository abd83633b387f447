package dev.plinth.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.s3.S3Client;

/** The client as functions have it, against a server that fails as DynamoDB does. */
class AwsFailuresTest {
    private static final List<String> SDK_PROPERTIES =
            List.of("aws.endpointUrl", "aws.region", "aws.accessKeyId", "aws.secretAccessKey");

    private final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile int status = 200;
    private volatile String answer = "{}";
    private volatile boolean silent;
    private volatile int hungUp;
    private final AtomicReference<Headers> headers = new AtomicReference<>();
    private HttpServer server;
    private ApplicationContext context;
    private DynamoDbClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            headers.set(exchange.getRequestHeaders());
            exchange.getRequestBody().readAllBytes();
            if (attempts.incrementAndGet() <= hungUp) {
                exchange.close();
                return;
            }
            if (silent) {
                try {
                    released.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.setProperty("aws.endpointUrl", "http://127.0.0.1:" + server.getAddress().getPort());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "key");
        System.setProperty("aws.secretAccessKey", "secret");
        context = ApplicationContext.builder().deduceEnvironment(false).banner(false).start();
        client = context.getBean(DynamoDbClient.class);
    }

    @AfterEach
    void stop() {
        released.countDown();
        context.close();
        server.stop(0);
        SDK_PROPERTIES.forEach(System::clearProperty);
    }

    @Test
    void returnsWhatTheCallReturns() {
        assertThat(AwsFailures.calling(this::get)).isNotNull();
        assertThat(attempts).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
            "400, ProvisionedThroughputExceededException",
            "400, ThrottlingException",
            "400, RequestLimitExceeded",
            "400, TransactionInProgressException",
            "500, InternalServerError",
            "503, ServiceUnavailable"})
    void isUnavailableWhenTheServiceThrottlesOrFails(int status, String code) {
        fail(status, code);

        assertUnavailable(catchThrowable(() -> AwsFailures.calling(this::get)));
    }

    @ParameterizedTest
    @CsvSource({
            "400, AccessDeniedException",
            "400, ResourceNotFoundException",
            "400, ValidationException",
            "400, UnrecognizedClientException",
            "400, ConditionalCheckFailedException"})
    void leavesAMistakeOfOursWhatItIs(int status, String code) {
        fail(status, code);

        Throwable thrown = catchThrowable(() -> AwsFailures.calling(this::get));

        assertThat(thrown).isNotInstanceOf(Failure.class).isInstanceOf(SdkServiceException.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void isUnavailableWhenNobodyListens() {
        server.stop(0);

        assertUnavailable(catchThrowable(() -> AwsFailures.calling(this::get)));
    }

    @Test
    void repeatsACallWhoseConnectionBroke() {
        hungUp = 1;

        assertThat(AwsFailures.calling(this::get)).isNotNull();
        assertThat(attempts).hasValue(2);
    }

    @Test
    void isUnavailableWhenEveryConnectionBreaks() {
        hungUp = Integer.MAX_VALUE;

        assertUnavailable(catchThrowable(() -> AwsFailures.calling(this::get)));
        assertThat(attempts).hasValueGreaterThan(1);
    }

    @Test
    void sendsAnObjectWithoutAskingWhetherItIsWanted() {
        S3Client s3 = context.getBean(S3Client.class);

        s3.putObject(request -> request.bucket("b").key("k").ifNoneMatch("*"), RequestBody.fromString("object"));

        assertThat(headers.get()).containsKey("If-none-match").doesNotContainKey("Expect");
    }

    @Test
    void isUnavailableWithinTheCallsTimeoutWhenTheServiceIsSilent() {
        silent = true;

        Throwable thrown = catchThrowable(() -> AwsFailures.calling(this::get));

        assertUnavailable(thrown);
        assertThat(thrown).cause().as("the limit of the call, not of its last attempt")
                .isInstanceOf(ApiCallTimeoutException.class).hasMessageContaining("5000");
        assertThat(attempts).hasValueGreaterThan(1);
    }

    @Test
    void leavesMissingCredentialsWhatTheyAre() {
        SdkClientException noCredentials = SdkClientException.create("Unable to load credentials");

        assertThat(AwsFailures.translate(noCredentials)).isSameAs(noCredentials);
    }

    @ParameterizedTest
    @CsvSource({"ThrottlingError, true", "TransactionConflict, true", "ConditionalCheckFailed, false"})
    void tellsWhyATransactionWasCancelled(String reason, boolean passes) {
        TransactionCanceledException cancelled = TransactionCanceledException.builder().statusCode(400)
                .cancellationReasons(CancellationReason.builder().code("None").build(),
                        CancellationReason.builder().code(reason).build())
                .build();

        assertThat(AwsFailures.translate(cancelled) instanceof Failure).isEqualTo(passes);
    }

    private Object get() {
        return client.getItem(request -> request.tableName("t").key(Map.of("pk", AttributeValue.fromS("x"))));
    }

    private void fail(int newStatus, String code) {
        status = newStatus;
        answer = "{\"__type\": \"com.amazonaws.dynamodb.v20120810#" + code + "\", \"message\": \"secret\"}";
    }

    private static void assertUnavailable(Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure.retryAfter()).isPresent();
            assertThat(failure.detail()).doesNotContain("secret", "127.0.0.1");
            assertThat(failure.getCause()).isNotNull();
        });
    }
}
