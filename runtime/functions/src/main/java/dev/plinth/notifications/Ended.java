package dev.plinth.notifications;

import java.time.Instant;
import java.util.UUID;

/** What is left of a subscription that has ended: enough to say so again, and no address. */
record Ended(UUID id, UUID userId, Protocol protocol, Reason reason, Instant at) {
    /** Why a subscription ended. */
    enum Reason {
        /** Its owner unsubscribed. */
        UNSUBSCRIBED,

        /** SNS has none any more: it was not confirmed in time, or whoever reads the mail unsubscribed there. */
        GONE_AT_SNS,

        /** Its owner may read none of its projects any more. */
        ACCESS_LOST
    }
}
