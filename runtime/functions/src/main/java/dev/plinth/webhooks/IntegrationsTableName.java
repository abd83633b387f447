package dev.plinth.webhooks;

/** The physical name of the integrations table. A type of its own, so that no other text is taken for it. */
public record IntegrationsTableName(String value) {
}
