package dev.plinth.migrations;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells CloudFormation what became of a custom resource, by a presigned URL. */
@Singleton
final class ResourceAnswers {
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(3);
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 3;
    private static final int OK = 200;

    /** CloudFormation takes answers of 4 KB. */
    private static final int LONGEST_REASON = 1000;

    private final JsonMapper json;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_WAIT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    ResourceAnswers(JsonMapper json) {
        this.json = json;
    }

    void success(ResourceEvent event) {
        put(event, "SUCCESS", "The schema is that of this version.");
    }

    /** Says that the deployment shall fail. The reason is shown to whoever deploys. */
    void failure(ResourceEvent event, String reason) {
        put(event, "FAILED", reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
    }

    private void put(ResourceEvent event, String status, String reason) {
        Map<String, JsonNode> answer = new LinkedHashMap<>();
        answer.put("Status", JsonNode.createStringNode(status));
        answer.put("Reason", JsonNode.createStringNode(reason));
        answer.put("PhysicalResourceId", JsonNode.createStringNode(event.physicalId()));
        answer.put("StackId", JsonNode.createStringNode(event.stackId()));
        answer.put("RequestId", JsonNode.createStringNode(event.requestId()));
        answer.put("LogicalResourceId", JsonNode.createStringNode(event.logicalId()));
        try {
            send(URI.create(event.responseUrl()), json.writeValueAsBytes(JsonNode.createObjectNode(answer)));
        } catch (IOException unsent) {
            throw new UncheckedIOException("CloudFormation was not told", unsent);
        }
    }

    /** Without a Content-Type, since the signature of the URL covers that there is none. */
    private void send(URI url, byte[] body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(ANSWER_WAIT)
                .PUT(BodyPublishers.ofByteArray(body))
                .build();
        IOException last = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
                if (answer.statusCode() == OK) {
                    return;
                }
                last = new IOException("The URL answers " + answer.statusCode());
            } catch (IOException failed) {
                last = failed;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted", interrupted);
            }
        }
        throw last;
    }
}
