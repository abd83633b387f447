package dev.plinth.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The outbox of the laptop's cloud, read at its console. What was there before is not read. */
final class ConsoleMailbox implements Mailbox {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Pattern CODE = Pattern.compile("\\b\\d{6}\\b");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI endpoint;
    private final Set<String> read = new HashSet<>();

    ConsoleMailbox(URI endpoint) {
        this.endpoint = endpoint;
        mails("").forEach(mail -> read.add(mail.path("id").asText()));
    }

    @Override
    public String nextCode(String address) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (System.nanoTime() < end) {
            for (JsonNode mail : mails("?to=" + URLEncoder.encode(address, StandardCharsets.UTF_8))) {
                Matcher code = CODE.matcher(mail.path("text").asText());
                if (read.add(mail.path("id").asText()) && code.find()) {
                    return code.group();
                }
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        throw new BrokenPromise("no mail with a code came to " + address + " within " + LONGEST_WAIT.toSeconds()
                + " s");
    }

    @Override
    public String address(String tag) {
        return "demo+" + tag + "@plinth.example";
    }

    private JsonNode mails(String query) {
        try {
            return new ObjectMapper().readTree(client.send(
                    HttpRequest.newBuilder(endpoint.resolve("/_plinth/mail" + query)).build(), BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new BrokenPromise("the console of the laptop's cloud does not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenPromise("interrupted");
        }
    }
}
