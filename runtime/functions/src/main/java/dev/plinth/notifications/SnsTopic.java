package dev.plinth.notifications;

import dev.plinth.contract.Setting;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation.Place;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.notices.Notice.Event;
import dev.plinth.notices.Notice.Outcome;
import dev.plinth.webhooks.Interest;
import io.micronaut.context.env.Environment;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.FilterPolicyLimitExceededException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.OptedOutException;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sns.model.SubscriptionLimitExceededException;

/** The topic in SNS. What SNS says of an invalid call quotes the address, so it is neither logged nor passed on. */
@Singleton
final class SnsTopic implements Topic {
    private static final Logger LOG = LoggerFactory.getLogger(SnsTopic.class);

    private static final String FILTER_POLICY = "FilterPolicy";
    private static final String PENDING = "PendingConfirmation";

    /** A quota is raised by people. */
    private static final Duration FULL_FOR = Duration.ofHours(1);

    /** Answers that mean something to the caller. */
    private static final List<Class<? extends SnsException>> KNOWN = List.of(InvalidParameterException.class,
            NotFoundException.class, OptedOutException.class, FilterPolicyLimitExceededException.class,
            SubscriptionLimitExceededException.class);

    private final SnsClient sns;
    private final JsonMapper json;
    private final String arn;

    SnsTopic(SnsClient sns, JsonMapper json, Environment environment) {
        this.sns = sns;
        this.json = json;
        this.arn = environment.getRequiredProperty(Setting.NOTIFICATIONS_TOPIC_ARN.property(), String.class);
    }

    @Override
    public String subscribe(Protocol protocol, String address, Interest interest, String pointer) {
        try {
            return calling(() -> sns.subscribe(request -> request
                    .topicArn(arn)
                    .protocol(protocol.snsName())
                    .endpoint(address)
                    // Otherwise SNS says "pending confirmation" in its place.
                    .returnSubscriptionArn(true)
                    .attributes(Map.of(FILTER_POLICY, policy(interest), "FilterPolicyScope", "MessageAttributes"))))
                    .subscriptionArn();
        } catch (FilterPolicyLimitExceededException | SubscriptionLimitExceededException full) {
            LOG.atError().addKeyValue("code", full.awsErrorDetails().errorCode()).log("topic is full");
            throw Failure.unavailable("No more subscriptions by e-mail or SMS can be taken now. A webhook can.",
                    FULL_FOR, null);
        } catch (InvalidParameterException refused) {
            if (String.valueOf(refused.awsErrorDetails().errorMessage()).contains("already exists")) {
                throw new Failure(Kind.CONFLICT, "This address has a subscription with another filter. It ends by the"
                        + " link in each mail, or by STOP in answer to a text.");
            }
            throw Failure.invalid(Place.BODY, pointer, "is not an address that can be subscribed");
        }
    }

    @Override
    public String confirm(String token) {
        try {
            return calling(() -> sns.confirmSubscription(request -> request.topicArn(arn).token(token)))
                    .subscriptionArn();
        } catch (InvalidParameterException | NotFoundException | SubscriptionLimitExceededException refused) {
            throw SubscriptionService.wrongToken();
        }
    }

    @Override
    public State state(String subscription) {
        try {
            boolean pending = Boolean.parseBoolean(calling(() ->
                    sns.getSubscriptionAttributes(request -> request.subscriptionArn(subscription)))
                    .attributes().get(PENDING));
            return pending ? State.PENDING : State.CONFIRMED;
        } catch (NotFoundException gone) {
            return State.GONE;
        }
    }

    @Override
    public void filter(String subscription, Interest interest) {
        unlessGone(() -> sns.setSubscriptionAttributes(request -> request
                .subscriptionArn(subscription)
                .attributeName(FILTER_POLICY)
                .attributeValue(policy(interest))));
    }

    @Override
    public void unsubscribe(String subscription) {
        unlessGone(() -> sns.unsubscribe(request -> request.subscriptionArn(subscription)));
    }

    @Override
    public void text(String phoneNumber, String message) {
        try {
            calling(() -> sns.publish(request -> request
                    .phoneNumber(phoneNumber)
                    .message(message)
                    .messageAttributes(Map.of("AWS.SNS.SMS.SMSType", MessageAttributeValue.builder()
                            .dataType("String").stringValue("Transactional").build()))));
        } catch (InvalidParameterException | OptedOutException refused) {
            throw Failure.invalid(Place.BODY, "/phoneNumber", "is not a number that takes texts from here");
        }
    }

    /**
     * Returns the filter policy of an interest, the same text for the same interest. What is not restricted is left
     * out:
     * SNS multiplies the numbers of values and allows 150 in all, which 50 projects then never exceed.
     */
    private String policy(Interest interest) {
        Map<String, JsonNode> policy = new LinkedHashMap<>();
        policy.put("project", texts(interest.projects().stream().map(UUID::toString).toList()));
        if (interest.events().size() < Event.values().length) {
            policy.put("event", texts(interest.events().stream().map(Event::type).toList()));
        }
        if (interest.outcomes().size() < Outcome.values().length) {
            policy.put("outcome", texts(interest.outcomes().stream().map(Outcome::name).toList()));
        }
        try {
            return json.writeValueAsString(JsonNode.createObjectNode(policy));
        } catch (IOException impossible) {
            throw new UncheckedIOException("A tree of texts has a JSON form", impossible);
        }
    }

    private static JsonNode texts(Collection<String> texts) {
        return JsonNode.createArrayNode(texts.stream().sorted().map(JsonNode::createStringNode).toList());
    }

    private static void unlessGone(Supplier<?> call) {
        try {
            calling(call);
        } catch (NotFoundException gone) {
            LOG.atDebug().log("subscription is gone already");
        } catch (InvalidParameterException pending) {
            // SNS changes and ends confirmed subscriptions only; one that is pending ends after 48 hours.
            LOG.atInfo().log("subscription is pending at SNS");
        }
    }

    /** Does as {@link AwsFailures#calling}, and keeps what SNS said out of what is thrown, but for its code. */
    private static <T> T calling(Supplier<T> call) {
        try {
            return AwsFailures.calling(call);
        } catch (Failure unavailable) {
            throw Failure.unavailable(unavailable.detail(), unavailable.retryAfter().orElseThrow(),
                    new IllegalStateException(answer(unavailable.getCause())));
        } catch (SnsException answered) {
            if (KNOWN.stream().anyMatch(known -> known.isInstance(answered))) {
                throw answered;
            }
            throw new IllegalStateException(answer(answered));
        }
    }

    private static String answer(Throwable thrown) {
        return thrown instanceof SnsException answered
                ? "SNS answered " + answered.statusCode() + " " + answered.awsErrorDetails().errorCode()
                : "SNS did not answer: " + thrown.getClass().getSimpleName();
    }
}
