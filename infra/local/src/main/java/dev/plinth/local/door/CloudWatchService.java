package dev.plinth.local.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.queue.QueueMetrics;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * CloudWatch, as far as programs ask it for the figures of queues: {@code GetMetricData} of the namespace
 * {@code AWS/SQS}, with the figures of this moment, whatever the period and the statistic. It keeps no metrics of its
 * own, and refuses whatever else is asked.
 */
final class CloudWatchService implements AwsService {
    private static final String GET_METRIC_DATA = "GetMetricData";
    private static final String NAMESPACE = "AWS/SQS";
    private static final QueryProtocol PROTOCOL = new QueryProtocol("http://monitoring.amazonaws.com/doc/2010-08-01/");

    /** One figure that is asked for. */
    private record Query(String id, String namespace, String metric, String dimension, String queue) {
        boolean isKnown() {
            return namespace.equals(NAMESPACE) && QueueMetrics.NAMES.contains(metric) && dimension.equals("QueueName");
        }
    }

    private final QueueMetrics metrics;
    private final Clock clock;

    CloudWatchService(QueueMetrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The name in signatures, which is not that in policies. */
    @Override
    public String name() {
        return "monitoring";
    }

    @Override
    public AwsCall parse(DoorRequest request) {
        JsonNode parameters = QueryProtocol.parameters(request);
        return new AwsCall(name(), parameters.path("Action").asText(), parameters, Map.of(), request.body());
    }

    /** Figures have no permissions of their own: whoever may ask may ask for all. */
    @Override
    public Optional<List<AccessRequest>> permissions(AwsCall call) {
        return call.operation().equals(GET_METRIC_DATA)
                ? Optional.of(List.of(new AccessRequest("cloudwatch:GetMetricData", "*", Map.of())))
                : Optional.empty();
    }

    @Override
    public AwsAnswer answer(AwsCall call) throws IOException, InterruptedException {
        if (!call.operation().equals(GET_METRIC_DATA)) {
            return error(400, "InvalidAction", "The laptop's cloud does not answer cloudwatch:" + call.operation()
                    + ". It answers " + GET_METRIC_DATA + ".");
        }
        List<Query> queries = queries(call.input());
        Optional<Query> unknown = queries.stream().filter(query -> !query.isKnown()).findFirst();
        if (unknown.isPresent()) {
            return error(400, "InvalidParameterValue", "The laptop's cloud keeps no metrics. Of " + NAMESPACE
                    + " it knows " + new TreeSet<>(QueueMetrics.NAMES) + " by QueueName, and not "
                    + unknown.get() + ".");
        }
        return answer(queries, metrics.now());
    }

    private static List<Query> queries(JsonNode input) {
        List<Query> queries = new ArrayList<>();
        for (int i = 1; input.has("MetricDataQueries.member." + i + ".Id"); i++) {
            String query = "MetricDataQueries.member." + i + ".";
            String metric = query + "MetricStat.Metric.";
            queries.add(new Query(text(input, query + "Id"), text(input, metric + "Namespace"),
                    text(input, metric + "MetricName"), text(input, metric + "Dimensions.member.1.Name"),
                    text(input, metric + "Dimensions.member.1.Value")));
        }
        return queries;
    }

    private static String text(JsonNode input, String name) {
        return QueryProtocol.text(input, name).orElse("");
    }

    private AwsAnswer answer(List<Query> queries, Map<String, Map<String, Double>> figures) {
        String now = clock.instant().truncatedTo(ChronoUnit.MINUTES).toString();
        return PROTOCOL.respond(GET_METRIC_DATA, xml -> xml.list("MetricDataResults", queries, query -> {
            xml.text("Id", query.id());
            xml.text("Label", query.metric());
            xml.text("StatusCode", "Complete");
            if (figures.containsKey(query.queue())) {
                Double figure = figures.get(query.queue()).get(query.metric());
                xml.list("Timestamps", List.of(now), time -> xml.text(time));
                xml.list("Values", List.of(figure), value -> xml.text(value.toString()));
            }
        }));
    }

    @Override
    public AwsAnswer error(int status, String code, String message) {
        return PROTOCOL.error(status, code, message);
    }
}
