package dev.plinth.queueadmin;

import dev.plinth.contract.Service;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.HttpFunction;
import dev.plinth.functions.aws.FakeAws;
import dev.plinth.functions.aws.LocalSqs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * The function of the queue admin as Lambda starts it, on queues in ElasticMQ, with a CloudWatch that says what it is
 * told.
 */
final class QueueAdminFunction implements AutoCloseable {
    private static final Pattern QUERY = Pattern.compile(
            "MetricDataQueries\\.member\\.(\\d+)\\.(Id|MetricStat\\.Metric\\.Dimensions\\.member\\.1\\.Value)=(\\S+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<QueueName, String> queues = new EnumMap<>(QueueName.class);
    private final Map<QueueName, String> deadLetters = new EnumMap<>(QueueName.class);
    private final Map<String, Double> ages = new ConcurrentHashMap<>();
    private final FakeAws aws = new FakeAws(this::answer);
    private final HttpFunction function;
    private volatile String failing = "";

    QueueAdminFunction() {
        Map<String, String> variables = new HashMap<>();
        Service.QUEUE_ADMIN.settings().forEach(setting -> variables.put(setting.variable(), "1"));
        for (QueueName queue : QueueName.values()) {
            queues.put(queue, LocalSqs.queue());
            deadLetters.put(queue, LocalSqs.queue());
            LocalSqs.redrive(url(queue), deadLettersUrl(queue), 1);
            variables.put(queue.url().variable(), url(queue));
            variables.put(queue.deadLettersUrl().variable(), deadLettersUrl(queue));
        }
        variables.put(Service.ENVIRONMENT_VARIABLE, Service.QUEUE_ADMIN.environment());
        function = new HttpFunction(variables);
    }

    ApiCall.Answer send(ApiCall call) {
        return call.asOperator().send(function);
    }

    HttpFunction function() {
        return function;
    }

    FakeAws aws() {
        return aws;
    }

    String url(QueueName queue) {
        return queues.get(queue);
    }

    String deadLettersUrl(QueueName queue) {
        return deadLetters.get(queue);
    }

    /** Says what CloudWatch has measured in a queue. */
    void age(String url, double seconds) {
        ages.put(url.substring(url.lastIndexOf('/') + 1), seconds);
    }

    /** Lets one operation fail from now on, for example {@code AmazonSQS.DeleteMessage}; none for an empty text. */
    void failing(String operation) {
        failing = operation;
    }

    /** Buries a message as a worker does that gives it up, and returns its id. */
    String bury(QueueName queue, String body) {
        return LocalSqs.client().sendMessage(request -> request.queueUrl(deadLettersUrl(queue)).messageBody(body)
                .messageAttributes(Map.of("reason", text("unknown type"), "attempts", text("3"),
                        "failedAt", text("2026-03-01T12:00:00.000Z"), "trace", text("abc")))).messageId();
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }

    /** Empties every queue. */
    void empty() {
        failing = "";
        ages.clear();
        queues.values().forEach(url -> LocalSqs.client().purgeQueue(request -> request.queueUrl(url)));
        deadLetters.values().forEach(url -> LocalSqs.client().purgeQueue(request -> request.queueUrl(url)));
    }

    private FakeAws.Answer answer(FakeAws.Request request) {
        if (request.operation().equals(failing)) {
            return FakeAws.Answer.error(503, "ServiceUnavailable");
        }
        if (!request.operation().startsWith("AmazonSQS.")) {
            return cloudWatch(URLDecoder.decode(request.body().replace('&', ' '), StandardCharsets.UTF_8));
        }
        try {
            HttpResponse<String> answer = http.send(HttpRequest.newBuilder(LocalSqs.endpoint())
                    .header("X-Amz-Target", request.operation()).header("Content-Type", request.contentType())
                    .POST(HttpRequest.BodyPublishers.ofString(request.body())).build(),
                    HttpResponse.BodyHandlers.ofString());
            return new FakeAws.Answer(answer.statusCode(), null, answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private FakeAws.Answer cloudWatch(String form) {
        if (failing.equals("GetMetricData")) {
            return FakeAws.Answer.error(503, "ServiceUnavailable");
        }
        Map<String, String> ids = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        Matcher query = QUERY.matcher(form);
        while (query.find()) {
            (query.group(2).equals("Id") ? ids : names).put(query.group(1), query.group(3));
        }
        StringBuilder results = new StringBuilder();
        ids.forEach((number, id) -> {
            Double age = ages.get(names.get(number));
            results.append("<member><Id>").append(id).append("</Id><Values>")
                    .append(age == null ? "" : "<member>" + age + "</member>")
                    .append("</Values><StatusCode>Complete</StatusCode></member>");
        });
        return FakeAws.Answer.ok("<GetMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
                + "<GetMetricDataResult><MetricDataResults>" + results
                + "</MetricDataResults></GetMetricDataResult></GetMetricDataResponse>");
    }

    @Override
    public void close() {
        function.close();
        aws.close();
    }
}
