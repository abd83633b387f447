package dev.plinth.functions.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Sends the SDK's requests as usual, or fails as a test asks for. Above it is the SDK as in production. */
public final class FaultyHttp implements SdkHttpClient {

    /** What goes wrong with one request. */
    public enum Fault {
        THROTTLED {
            @Override
            HttpExecuteResponse call(ExecutableHttpRequest request) {
                return error(400, "ProvisionedThroughputExceededException", "");
            }
        },
        BROKEN {
            @Override
            HttpExecuteResponse call(ExecutableHttpRequest request) {
                return error(500, "InternalServerError", "");
            }
        },
        UNREACHABLE {
            @Override
            HttpExecuteResponse call(ExecutableHttpRequest request) throws IOException {
                throw new ConnectException("Connection refused");
            }
        },
        /** The request is carried out, and its answer does not arrive. */
        ANSWER_LOST {
            @Override
            HttpExecuteResponse call(ExecutableHttpRequest request) throws IOException {
                request.call();
                throw new SocketTimeoutException("Read timed out");
            }
        },
        TRANSACTION_CONFLICT {
            @Override
            HttpExecuteResponse call(ExecutableHttpRequest request) {
                return cancelled("TransactionConflict");
            }
        },
        TRANSACTION_THROTTLED {
            @Override
            HttpExecuteResponse call(ExecutableHttpRequest request) {
                return cancelled("ThrottlingError");
            }
        },
        DENIED {
            @Override
            HttpExecuteResponse call(ExecutableHttpRequest request) {
                return error(400, "AccessDeniedException", "");
            }
        };

        abstract HttpExecuteResponse call(ExecutableHttpRequest request) throws IOException;

        private static HttpExecuteResponse cancelled(String code) {
            return error(400, "TransactionCanceledException",
                    ",\"CancellationReasons\":[{\"Code\":\"None\"},{\"Code\":\"" + code + "\"}]");
        }

        private static HttpExecuteResponse error(int status, String type, String more) {
            String body = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type
                    + "\",\"message\":\"Injected\"" + more + "}";
            return HttpExecuteResponse.builder()
                    .response(SdkHttpResponse.builder()
                            .statusCode(status)
                            .putHeader("Content-Type", "application/x-amz-json-1.0")
                            .build())
                    .responseBody(AbortableInputStream.create(
                            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                    .build();
        }
    }

    private static final String ANY = "*";

    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private volatile Fault fault = Fault.BROKEN;
    private volatile String operation = "";
    private volatile int eventAt;
    private volatile Runnable event = () -> { };

    /** Lets the next requests of one operation fail, for example of {@code PutItem}. */
    public void fail(String operation, Fault fault, int times) {
        this.operation = operation;
        this.fault = fault;
        left.set(times);
        sent.set(0);
    }

    /** Lets something happen just before one request of an operation, the first being number 1. */
    public void interrupt(String operation, int number, Runnable event) {
        fail(operation, fault, 0);
        this.eventAt = number;
        this.event = event;
    }

    /** Lets every request of any operation fail from one on, the first being number 1: to the caller, it is the end. */
    public void failFrom(int number, Fault fault) {
        interrupt(ANY, number, () -> left.set(Integer.MAX_VALUE));
        this.fault = fault;
    }

    public void recover() {
        eventAt = 0;
        left.set(0);
    }

    /** Returns how many requests of the operation have been sent, failed ones included. */
    public int sent() {
        return sent.get();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = http.prepareRequest(request);
        boolean meant = request.httpRequest()
                .firstMatchingHeader("X-Amz-Target")
                .filter(target -> operation.equals(ANY) || target.endsWith("." + operation))
                .isPresent();
        if (!meant) {
            return prepared;
        }
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                if (sent.incrementAndGet() == eventAt) {
                    event.run();
                }
                return left.getAndUpdate(times -> Math.max(0, times - 1)) > 0 ? fault.call(prepared) : prepared.call();
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String clientName() {
        return http.clientName();
    }
}
