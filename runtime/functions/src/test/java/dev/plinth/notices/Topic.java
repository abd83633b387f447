package dev.plinth.notices;

import dev.plinth.contract.Setting;
import io.micronaut.context.env.Environment;
import io.micronaut.json.JsonMapper;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;

/** Gives tests in other packages what publishes. */
public final class Topic {
    /** The settings that it needs. */
    public static final Map<String, Object> SETTINGS = Map.of(Setting.NOTIFICATIONS_TOPIC_ARN.property(),
            "arn:aws:sns:eu-central-1:123456789012:notices");

    private Topic() {
    }

    public static Notices of(SnsClient sns, Environment environment) {
        return new SnsNotices(sns, JsonMapper.createDefault(), environment);
    }
}
