package dev.plinth.functions.aws;

import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** ElasticMQ, one for all tests of a JVM. Each test makes queues of its own. */
public final class LocalSqs {
    private static final URI ENGINE = start();
    private static final SqsClient SQS = SqsClient.builder()
            .endpointOverride(ENGINE)
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    private LocalSqs() {
    }

    public static URI endpoint() {
        return ENGINE;
    }

    public static SqsClient client() {
        return SQS;
    }

    /** Makes a queue and returns its URL. */
    public static String queue() {
        return SQS.createQueue(request -> request.queueName("queue-" + UUID.randomUUID())).queueUrl();
    }

    /** Lets a queue bury what was received so often. */
    public static void redrive(String url, String deadLettersUrl, int receives) {
        String arn = SQS.getQueueAttributes(request -> request.queueUrl(deadLettersUrl)
                .attributeNames(QueueAttributeName.QUEUE_ARN)).attributes().get(QueueAttributeName.QUEUE_ARN);
        SQS.setQueueAttributes(request -> request.queueUrl(url).attributesWithStrings(Map.of("RedrivePolicy",
                "{\"deadLetterTargetArn\": \"" + arn + "\", \"maxReceiveCount\": " + receives + "}")));
    }

    private static URI start() {
        SQSRestServer server = SQSRestServerBuilder
                .withInterface("127.0.0.1")
                .withDynamicPort()
                .withAWSRegion("eu-central-1")
                .withServerAddress(new NodeAddress("http", "127.0.0.1", 1, ""))
                .start();
        return URI.create("http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
    }
}
