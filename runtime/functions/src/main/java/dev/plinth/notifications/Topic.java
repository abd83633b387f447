package dev.plinth.notifications;

import dev.plinth.failure.Failure;
import dev.plinth.webhooks.Interest;

/**
 * The topic's own subscriptions, by e-mail and SMS. Every method throws {@link Failure} UNAVAILABLE when SNS does not
 * answer in time, or throttles. Thread-safe.
 */
interface Topic {
    /** What SNS says of a subscription. */
    enum State { PENDING, CONFIRMED, GONE }

    /**
     * Subscribes an address, or finds its subscription when it has one with the same interest. By e-mail SNS asks for a
     * confirmation, also when it did before; by SMS it does not.
     *
     * @return the subscription's ARN
     * @throws Failure INVALID_REQUEST that points at {@code pointer} when SNS does not take the address, CONFLICT when
     *                 it is subscribed with another interest, UNAVAILABLE when the topic has as many filters as it may
     */
    String subscribe(Protocol protocol, String address, Interest interest, String pointer);

    /**
     * Confirms what a token of SNS's mail is of, and returns its ARN.
     *
     * @throws Failure INVALID_REQUEST that points at {@code /token} when it is none, or has expired
     */
    String confirm(String token);

    State state(String arn);

    /** Gives a subscription another filter. One that is gone stays so. */
    void filter(String arn, Interest interest);

    /**
     * Ends a subscription. One that is gone stays so, and one that is pending ends by itself unless it is confirmed.
     */
    void unsubscribe(String arn);

    /**
     * Sends a text.
     *
     * @throws Failure INVALID_REQUEST that points at {@code /phoneNumber} when the number takes none
     */
    void text(String phoneNumber, String message);
}
