package dev.plinth.webhooks;

/** What kind of requests an endpoint takes. */
public enum EndpointKind {
    /** Signed ones, as the Standard Webhooks specification describes them. */
    WEBHOOK,

    /** Those of Slack's incoming webhooks. */
    SLACK
}
