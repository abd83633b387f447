package dev.plinth.notifications;

/** Where a subscription stands, as people see it. */
enum SubscriptionStatus {
    /** It is told of nothing until it is confirmed. */
    PENDING,

    /** It is told. */
    ACTIVE,

    /** Too many deliveries to the webhook failed in a row; subscribe it again to go on. */
    DISABLED,

    /** It is over. */
    ENDED
}
