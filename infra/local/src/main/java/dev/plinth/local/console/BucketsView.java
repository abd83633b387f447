package dev.plinth.local.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.plinth.local.engine.S3Buckets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The buckets as JSON, with what they hold. */
public final class BucketsView {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BucketsView() {
    }

    /** @param constructPaths the construct path of each bucket by its name */
    public static void addTo(Console console, S3Buckets engine, Supplier<Map<String, String>> constructPaths) {
        console.section("buckets", () -> view(engine, constructPaths.get()));
    }

    private static JsonNode view(S3Buckets engine, Map<String, String> constructPaths) {
        ArrayNode nodes = JSON.createArrayNode();
        try {
            for (Map.Entry<String, String> bucket : new TreeMap<>(constructPaths).entrySet()) {
                S3Buckets.Usage usage = engine.usage(bucket.getKey());
                nodes.addObject().put("name", bucket.getKey()).put("path", bucket.getValue())
                        .put("objects", usage.objects()).put("bytes", usage.bytes())
                        .put("complete", usage.objects() < S3Buckets.MOST_COUNTED);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("S3Proxy does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return nodes;
    }
}
