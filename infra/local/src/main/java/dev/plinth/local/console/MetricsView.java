package dev.plinth.local.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.plinth.local.journal.MetricCounts;

/** What functions have counted, as JSON. */
public final class MetricsView {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MetricsView() {
    }

    public static void addTo(Console console, MetricCounts counts) {
        console.section("metrics", () -> view(counts));
    }

    private static JsonNode view(MetricCounts counts) {
        ArrayNode nodes = JSON.createArrayNode();
        counts.all().forEach(count -> nodes.addObject().put("metric", count.metric()).put("function", count.function())
                .put("times", count.times()));
        return nodes;
    }
}
