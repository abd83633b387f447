package dev.plinth.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends calls to the HTTP API. */
interface Api {
    /** @throws BrokenPromise when there is no answer at all */
    Answer send(Call call);

    /** @param url without a slash at its end */
    static Api at(URI url) {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10)).build();
        return call -> {
            BodyPublisher body = call.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody);
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + call.path()))
                    .timeout(Duration.ofSeconds(60)).method(call.method(), body);
            call.body().ifPresent(json -> request.setHeader("Content-Type", "application/json"));
            call.headers().forEach(request::setHeader);
            return send(client, request.build());
        };
    }

    private static Answer send(HttpClient client, HttpRequest request) {
        long started = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            Map<String, String> headers = response.headers().map().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get(0)));
            return new Answer(response.statusCode(), headers, response.body(),
                    (System.nanoTime() - started) / 1_000_000);
        } catch (IOException e) {
            throw new BrokenPromise("no answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenPromise("interrupted");
        }
    }
}
