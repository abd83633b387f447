package dev.plinth.local.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.net.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;

/**
 * Somebody's endpoint of webhooks: {@code POST webhooks/NAME} keeps a request, newest first and a bounded number, and
 * answers 200, or what {@code ?status=} wants. {@code GET webhooks.json?name=NAME} lists what arrived. What is kept is
 * whatever somebody sent, so it is only ever shown as text. Thread-safe.
 */
public final class WebhookCatcher {
    private static final String CALL = "webhooks";
    private static final int KEPT = 200;
    private static final int LARGEST_BODY = 256 * 1024;
    private static final int MOST_HEADERS = 50;
    /** The page shows the newest ones, with the beginning of each body; {@code GET webhooks.json} gives them whole. */
    private static final int SHOWN = 20;
    private static final int BODY_SHOWN = 1000;
    private static final Pattern NAME = Pattern.compile("/([A-Za-z0-9._-]{1,64})");
    private static final Pattern STATUS = Pattern.compile("status=([2-5]\\d\\d)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deque<Caught> caught = new ArrayDeque<>();
    private final Clock clock;
    private long arrivals;

    public WebhookCatcher(Clock clock) {
        this.clock = clock;
    }

    /**
     * A request that arrived.
     *
     * @param id      counts arrivals
     * @param headers names in lower case
     * @param status  what it was answered
     */
    private record Caught(long id, Instant time, String name, Map<String, String> headers, String body, int status) {
    }

    public void addTo(Console console) {
        console.open(CALL + "/", this::answer);
        console.list(CALL + ".json", "name", name -> of(kept(name), Integer.MAX_VALUE));
        console.section(CALL, () -> of(kept(Optional.empty()).stream().limit(SHOWN).toList(), BODY_SHOWN));
    }

    private void answer(Exchange exchange) throws IOException {
        Matcher name = NAME.matcher(exchange.rawPath().substring((Console.PATH + CALL).length()));
        Matcher status = STATUS.matcher(exchange.rawQuery());
        if (!exchange.method().equals("POST") || !name.matches()
                || !exchange.rawQuery().isEmpty() && !status.matches()) {
            exchange.skipBody();
            exchange.answer(400, "text/plain",
                    "The catcher takes POST webhooks/NAME, with ?status=200 to 599 for another answer than 200.\n");
            return;
        }
        try {
            int answer = exchange.rawQuery().isEmpty() ? 200 : Integer.parseInt(status.group(1));
            String body = new String(exchange.body(LARGEST_BODY), StandardCharsets.UTF_8);
            keep(name.group(1), headers(exchange), body, answer);
            exchange.answer(answer, List.of(), new byte[0]);
        } catch (Exchange.BodyTooLargeException e) {
            exchange.answer(413, "text/plain", "The catcher takes bodies of at most " + LARGEST_BODY + " bytes.\n");
        }
    }

    private static Map<String, String> headers(Exchange exchange) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : exchange.headers()) {
            if (headers.size() < MOST_HEADERS) {
                headers.put(field.getName().toLowerCase(Locale.ROOT), field.getValue());
            }
        }
        return headers;
    }

    private synchronized void keep(String name, Map<String, String> headers, String body, int status) {
        caught.addFirst(new Caught(++arrivals, clock.instant(), name, headers, body, status));
        if (caught.size() > KEPT) {
            caught.removeLast();
        }
    }

    private synchronized List<Caught> kept(Optional<String> name) {
        return caught.stream()
                .filter(each -> name.map(each.name()::equals).orElse(true)).toList();
    }

    private static JsonNode of(List<Caught> requests, int longestBody) {
        ArrayNode nodes = JSON.createArrayNode();
        for (Caught request : requests) {
            String body = request.body();
            ObjectNode node = nodes.addObject().put("id", request.id()).put("time", request.time().toString())
                    .put("name", request.name()).put("status", request.status());
            request.headers().forEach(node.putObject("headers")::put);
            node.put("body", body.length() > longestBody ? body.substring(0, longestBody) + " …" : body);
        }
        return nodes;
    }
}
