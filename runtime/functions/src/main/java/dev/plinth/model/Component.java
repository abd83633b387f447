package dev.plinth.model;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/**
 * A part of an architecture. What is null has its usual value.
 *
 * @param entity            the entity of a schema that a TABLE keeps
 * @param timeToLive        the attribute of a TABLE that holds the second in which an item expires
 * @param visibilitySeconds how long a QUEUE hides what was received
 * @param maxReceives       how often a QUEUE gives a message out before it goes to the dead letters
 * @param expireDays        after how many days a BUCKET deletes an object
 */
@Serdeable
@Schema(name = "ArchitectureComponent", description = "A part of an architecture. TABLE, QUEUE, TOPIC and BUCKET "
        + "become resources of the generated template; CLIENT, API and SERVICE are only shown.")
public record Component(
        @Schema(example = "orders") String id,
        ComponentType type,
        @Nullable @Schema(example = "Orders and their lines") String description,
        @Nullable @Schema(description = "For TABLE: the entity that it keeps", example = "Order") String entity,
        @Nullable @Schema(description = "For TABLE: the attribute with the second in which an item expires",
                example = "expiresAt") String timeToLive,
        @Nullable @Schema(description = "For QUEUE: how long it hides what was received. 30 if absent",
                minimum = "0", maximum = "43200") Integer visibilitySeconds,
        @Nullable @Schema(description = "For QUEUE: receives before a message is a dead letter. 5 if absent",
                minimum = "1", maximum = "1000") Integer maxReceives,
        @Nullable @Schema(description = "For BUCKET: days after which an object is deleted. Never if absent",
                minimum = "1", maximum = "3650") Integer expireDays) {
    private static final int USUAL_VISIBILITY_SECONDS = 30;
    private static final int USUAL_RECEIVES = 5;

    /** Returns how long a QUEUE hides what was received, in seconds. */
    public int visibility() {
        return visibilitySeconds == null ? USUAL_VISIBILITY_SECONDS : visibilitySeconds;
    }

    /** Returns how often a QUEUE gives a message out. */
    public int receives() {
        return maxReceives == null ? USUAL_RECEIVES : maxReceives;
    }

    /** Returns the logical id of the resource that a deployed component becomes, as in {@code OrdersTable}. */
    public String logicalId() {
        String suffix = type.suffix();
        boolean said = id.toLowerCase(Locale.ROOT).endsWith(suffix.toLowerCase(Locale.ROOT));
        String stem = said ? id.substring(0, id.length() - suffix.length()) : id;
        return (stem.isEmpty() ? "" : Names.capital(stem)) + suffix;
    }

    /** Returns the logical id of the policy of a QUEUE or a BUCKET. */
    public String policyId() {
        return logicalId() + "Policy";
    }

    /** Returns the logical id of the queue that holds the dead letters of a QUEUE. */
    public String deadLettersId() {
        return logicalId() + "DeadLetters";
    }

    /** Returns the logical id of the subscription of a QUEUE to this TOPIC. */
    public String subscriptionId(Component queue) {
        return logicalId() + "To" + queue.logicalId() + "Subscription";
    }
}
