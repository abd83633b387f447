package dev.plinth.orders;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.paging.ListPosition;
import java.time.Instant;
import java.util.UUID;

/**
 * An order as it stands.
 *
 * @param customerId the user who created it, who alone sees it besides those who serve customers
 * @param createdAt precise to the millisecond, as everything that is stored
 * @param revision  names this very state of the order; every write stamps another one
 */
record Order(
        UUID id,
        UUID customerId,
        OrderDetails details,
        OrderStatus status,
        Instant createdAt,
        Instant updatedAt,
        String revision) {

    /** Returns quantity times unit price. It is computed, never stored, so it cannot disagree with its factors. */
    Money totalPrice() {
        return details.unitPrice().times(details.quantity());
    }

    ListPosition position() {
        return new ListPosition(createdAt, id);
    }

    /** Tells whether a change asks for anything that is not so already. */
    boolean differsFrom(OrderChange change) {
        return status != change.status() || !details.equals(change.details());
    }

    /**
     * Returns this order after a change.
     *
     * @throws Failure CONFLICT when the status does not allow the step, or no longer allows other details
     */
    Order after(OrderChange change, Instant now, String newRevision) {
        if (status != change.status() && !status.next().contains(change.status())) {
            throw new Failure(Kind.CONFLICT, "An order that is " + status + " cannot become " + change.status() + ". "
                    + allowedSteps());
        }
        if (!status.open() && !details.equals(change.details())) {
            throw new Failure(Kind.CONFLICT, "An order that is " + status + " is closed: nothing but its status can"
                    + " change. " + allowedSteps());
        }
        return new Order(id, customerId, change.details(), change.status(), createdAt, now, newRevision);
    }

    private String allowedSteps() {
        return status.next().isEmpty()
                ? "The status is final."
                : "The steps allowed from here: " + OrderStatus.names(status.next()) + ".";
    }
}
