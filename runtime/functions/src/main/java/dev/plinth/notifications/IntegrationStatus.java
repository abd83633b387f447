package dev.plinth.notifications;

/** Where an integration stands. */
enum IntegrationStatus {
    /** It is told of the project's notices. */
    ACTIVE,

    /** It is not: somebody said so, or too many deliveries failed in a row. */
    DISABLED
}
