package dev.plinth.local.topic;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Who gets what is published to a topic. Immutable.
 *
 * @param endpoint   an address, a telephone number, or the ARN of a queue
 * @param filter     what it gets; empty for everything
 * @param raw        whether a queue gets the message without an envelope
 * @param deadLetter the ARN of the queue for what could not be delivered
 * @param pending    what confirms it; empty once it is confirmed
 */
public record Subscription(String arn, String topicArn, Protocol protocol, String endpoint,
                           Optional<FilterPolicy> filter, boolean raw, Optional<String> deadLetter,
                           Optional<Confirmation> pending) {

    /** Where a subscription can lead here. */
    public enum Protocol {
        EMAIL, SMS, SQS;

        /** Returns the name that SNS gives it. */
        public String written() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws SnsException for a protocol that is not served here */
        public static Protocol of(String written) {
            for (Protocol protocol : values()) {
                if (protocol.written().equals(written)) {
                    return protocol;
                }
            }
            throw SnsException.invalid("Protocol: " + written + " is not served on the laptop; email, sms and sqs are");
        }
    }

    /** The token that confirms a subscription, and until when it does. */
    public record Confirmation(String token, Instant until) {
    }

    public boolean isConfirmed() {
        return pending.isEmpty();
    }

    /** Returns the text of the filter policy; empty for none. */
    public Optional<String> filterText() {
        return filter.map(FilterPolicy::text);
    }

    boolean wants(Notification notification) {
        return isConfirmed() && filter.map(policy -> policy.admits(notification.attributes())).orElse(true);
    }

    Subscription confirmed() {
        return new Subscription(arn, topicArn, protocol, endpoint, filter, raw, deadLetter, Optional.empty());
    }

    /**
     * Returns this subscription with one attribute set, by SNS's names.
     *
     * @throws SnsException when SNS would not take the name or the value
     */
    Subscription with(String name, String value) {
        return switch (name) {
            case "FilterPolicy" -> new Subscription(arn, topicArn, protocol, endpoint,
                    value.isEmpty() || value.equals("{}") ? Optional.empty() : Optional.of(FilterPolicy.parse(value)),
                    raw, deadLetter, pending);
            case "FilterPolicyScope" -> {
                if (!value.equals("MessageAttributes")) {
                    throw SnsException.invalid("FilterPolicyScope: the laptop filters by MessageAttributes alone");
                }
                yield this;
            }
            case "RawMessageDelivery" -> {
                if (protocol != Protocol.SQS && value.equals("true")) {
                    throw SnsException.invalid("Attributes Reason: Delivery protocol [" + protocol.written()
                            + "] does not support raw message delivery.");
                }
                yield new Subscription(arn, topicArn, protocol, endpoint, filter, value.equals("true"), deadLetter,
                        pending);
            }
            default -> throw SnsException.invalid("AttributeName: the laptop does not know " + name);
        };
    }
}
