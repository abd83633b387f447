package dev.plinth.local.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What functions have counted since the start: on AWS a metric filter makes a metric of the log lines that have a field
 * {@code metric}. Thread-safe.
 */
public final class MetricCounts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIELD = "metric";

    private final Map<String, Map<String, Long>> counts = new TreeMap<>();

    /** How often a function has counted something. */
    public record Count(String metric, String function, long times) {
    }

    /** Reads a line that a function has written. */
    public void read(String function, String line) {
        // Most lines count nothing, and need not be parsed.
        if (!line.startsWith("{") || !line.contains('"' + FIELD + '"')) {
            return;
        }
        try {
            JsonNode metric = JSON.readTree(line).path(FIELD);
            if (metric.isTextual()) {
                add(metric.textValue(), function);
            }
        } catch (JsonProcessingException notALogLine) {
            // A program may print what it likes; it counts nothing then.
        }
    }

    private synchronized void add(String metric, String function) {
        counts.computeIfAbsent(metric, first -> new TreeMap<>()).merge(function, 1L, Long::sum);
    }

    public synchronized List<Count> all() {
        List<Count> all = new ArrayList<>();
        counts.forEach((metric, functions) ->
                functions.forEach((function, times) -> all.add(new Count(metric, function, times))));
        return all;
    }
}
