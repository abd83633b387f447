package dev.plinth.notices;

import dev.plinth.contract.Setting;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.time.Timestamps;
import io.micronaut.context.env.Environment;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * Publishes to the topic in SNS. A queue gets the notice as JSON, people get sentences (Amazon SNS Developer Guide,
 * "Sending different messages for each protocol").
 */
@Singleton
final class SnsNotices implements Notices {
    /** Names of message attributes, which filter policies match. */
    static final String EVENT = "event";
    static final String PROJECT = "project";
    static final String OUTCOME = "outcome";

    private final SnsClient sns;
    private final JsonMapper json;
    private final String topic;

    SnsNotices(SnsClient sns, JsonMapper json, Environment environment) {
        this.sns = sns;
        this.json = json;
        this.topic = environment.getRequiredProperty(Setting.NOTIFICATIONS_TOPIC_ARN.property(), String.class);
    }

    @Override
    public void publish(Notice notice) {
        Map<String, String> messages = new LinkedHashMap<>();
        messages.put("default", NoticeTexts.sentence(notice));
        messages.put("email", NoticeTexts.mail(notice));
        messages.put("sms", NoticeTexts.sentence(notice));
        messages.put("sqs", text(members(notice)));
        PublishRequest request = PublishRequest.builder()
                .topicArn(topic)
                .subject(NoticeTexts.subject(notice))
                .messageStructure("json")
                .message(text(messages))
                .messageAttributes(Map.of(
                        EVENT, attribute(notice.event().type()),
                        PROJECT, attribute(notice.projectId().toString()),
                        OUTCOME, attribute(notice.outcome().name())))
                .build();
        AwsFailures.calling(() -> sns.publish(request));
    }

    private static Map<String, String> members(Notice notice) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("id", notice.id());
        members.put(EVENT, notice.event().type());
        members.put(PROJECT, notice.projectId().toString());
        members.put("subject", notice.subject().toString());
        members.put(OUTCOME, notice.outcome().name());
        notice.detail().ifPresent(detail -> members.put("detail", detail));
        members.put("at", Timestamps.text(notice.at()));
        return members;
    }

    private static MessageAttributeValue attribute(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }

    private String text(Map<String, String> members) {
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        members.forEach((name, value) -> nodes.put(name, JsonNode.createStringNode(value)));
        try {
            return json.writeValueAsString(JsonNode.createObjectNode(nodes));
        } catch (IOException impossible) {
            throw new UncheckedIOException("A tree of texts has a JSON form", impossible);
        }
    }
}
