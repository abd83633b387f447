package dev.plinth.local.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricCountsTest {
    private final MetricCounts counts = new MetricCounts();

    @Test
    void countsByMetricAndFunctionWhatLinesNameInTheirField() {
        counts.read("orders", "{\"message\":\"counted\",\"metric\":\"RequestsLimited\"}");
        counts.read("orders", "{\"message\":\"counted\",\"metric\":\"RequestsLimited\"}");
        counts.read("todos", "{\"message\":\"counted\",\"metric\":\"RequestsLimited\"}");
        counts.read("todos", "{\"message\":\"counted\",\"metric\":\"DeliveriesFailed\"}");

        assertThat(counts.all()).containsExactly(new MetricCounts.Count("DeliveriesFailed", "todos", 1),
                new MetricCounts.Count("RequestsLimited", "orders", 2),
                new MetricCounts.Count("RequestsLimited", "todos", 1));
    }

    @Test
    void countsNothingForOtherLines() {
        counts.read("orders", "{\"message\":\"the \\\"metric\\\" is a word\"}");
        counts.read("orders", "{\"message\":{\"metric\":\"deeper\"}}");
        counts.read("orders", "{\"metric\":1}");
        counts.read("orders", "{\"metric\" broken");
        counts.read("orders", "plain \"metric\" text");

        assertThat(counts.all()).isEmpty();
    }
}
