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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The outboxes of the laptop's cloud and its catcher of webhooks, read at its console. What was there before is not
 * read.
 */
final class ConsoleInbox implements Inbox {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Pattern CODE = Pattern.compile("\\b(\\d{6})\\b");
    private static final Pattern TOKEN = Pattern.compile("[?&]Token=([A-Za-z0-9]+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI endpoint;
    private final String hook = "demo-" + UUID.randomUUID();
    private final String phone = "+1415555%04d".formatted(ThreadLocalRandom.current().nextInt(10_000));
    private final Set<String> read = new HashSet<>();

    ConsoleInbox(URI endpoint) {
        this.endpoint = endpoint;
        list("mail").forEach(mail -> read.add(mail.path("id").asText()));
        list("sms").forEach(text -> read.add(text.path("id").asText()));
    }

    @Override
    public String nextCode(String address) {
        return next("mail?to=" + encoded(address), "mail with a code to " + address,
                mail -> first(CODE, mail.path("text")));
    }

    @Override
    public String nextToken(String address) {
        return next("mail?to=" + encoded(address), "mail with a link to " + address,
                mail -> first(TOKEN, mail.path("text")));
    }

    @Override
    public String address(String tag) {
        return "demo+" + tag + "@plinth.example";
    }

    @Override
    public String phone() {
        return phone;
    }

    @Override
    public String nextTextedCode() {
        return next("sms?to=" + encoded(phone()), "text with a code to " + phone(),
                text -> first(CODE, text.path("text")));
    }

    @Override
    public String webhook() {
        return endpoint.resolve("/_plinth/webhooks/" + hook).toString();
    }

    @Override
    public String nextConfirmation() {
        return next("webhooks.json?name=" + hook, "request to confirm the webhook", request -> {
            JsonNode body = parse(request.path("body").asText());
            return body.path("type").asText().equals("webhook.confirmation")
                    ? Optional.of(body.path("data").path("token").asText()) : Optional.empty();
        });
    }

    @Override
    public void awaitNotice(String event, String subject) {
        next("webhooks.json?name=" + hook, event + " of " + subject + " at the webhook", request -> {
            JsonNode body = parse(request.path("body").asText());
            return Optional.of(event).filter(type -> body.path("type").asText().equals(type)
                    && body.path("data").path("subject").asText().equals(subject));
        });
    }

    private String next(String path, String what, Function<JsonNode, Optional<String>> reader) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (System.nanoTime() < end) {
            for (JsonNode item : list(path)) {
                Optional<String> found = reader.apply(item).filter(text -> read.add(item.path("id").asText()));
                if (found.isPresent()) {
                    return found.get();
                }
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        throw new BrokenPromise("no " + what + " came within " + LONGEST_WAIT.toSeconds() + " s");
    }

    private static Optional<String> first(Pattern pattern, JsonNode text) {
        Matcher matcher = pattern.matcher(text.asText());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode list(String path) {
        try {
            return parse(client.send(HttpRequest.newBuilder(endpoint.resolve("/_plinth/" + path)).build(),
                    BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new BrokenPromise("the console of the laptop's cloud does not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenPromise("interrupted");
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new BrokenPromise("this is not JSON: " + json);
        }
    }
}
