package dev.plinth.webhooks;

import dev.plinth.failure.Failure;
import dev.plinth.functions.event.TimeLeft;
import dev.plinth.functions.time.TimeOrderedIds;
import dev.plinth.notices.Notice;
import dev.plinth.webhooks.Delivery.Status;
import dev.plinth.webhooks.IntegrationItems.Link;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Makes deliveries of a notice: one for each endpoint that wants it, and a message for each. What was cut off is
 * completed by doing it again, since each step finds out what is done already.
 */
@Singleton
@Requires(env = "webhook-worker")
class NoticeFanOut {
    /** For the reads and writes of one endpoint. */
    private static final Duration TIME_FOR_ONE = Duration.ofSeconds(3);

    private final Endpoints endpoints;
    private final Deliveries deliveries;
    private final DeliveryQueue queue;
    private final Readers readers;
    private final LostAccess lostAccess;
    private final Payloads payloads;
    private final TimeOrderedIds ids;
    private final TimeLeft timeLeft;

    NoticeFanOut(Endpoints endpoints, Deliveries deliveries, DeliveryQueue queue, Readers readers,
            LostAccess lostAccess, Payloads payloads, TimeOrderedIds ids, TimeLeft timeLeft) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.queue = queue;
        this.readers = readers;
        this.lostAccess = lostAccess;
        this.payloads = payloads;
        this.ids = ids;
        this.timeLeft = timeLeft;
    }

    /**
     * Has the notice delivered to all who want it.
     *
     * @throws Failure UNAVAILABLE when a table or the queue does not answer, or when time is short before everybody was
     *                 served; the next call goes on
     */
    void announce(Notice notice) {
        endpoints.forEach(notice.projectId(), link -> {
            if (timeLeft.isBelow(TIME_FOR_ONE)) {
                throw Failure.unavailable("The notice goes on at its next delivery.", Duration.ofSeconds(1), null);
            }
            announce(notice, link);
        });
    }

    private void announce(Notice notice, Link link) {
        Map<String, AttributeValue> item = endpoints.item(link.owner(), link.id()).orElse(Map.of());
        if (item.isEmpty()) {
            endpoints.unlink(link.id(), notice.projectId());
            return;
        }
        boolean mayRead = readers.include(link.owner(), notice.projectId());
        if (!isEndpoint(item)) {
            if (!mayRead) {
                lostAccess.end(link.owner(), link.id(), notice.projectId());
            }
            return;
        }
        Endpoint endpoint = IntegrationItems.endpoint(item);
        if (mayRead && endpoint.state() == EndpointState.ACTIVE
                && endpoint.interest().includes(notice.event(), notice.outcome())) {
            deliver(notice, endpoint);
        }
    }

    private void deliver(Notice notice, Endpoint endpoint) {
        UUID id = ids.next();
        Delivery delivery = deliveries.createOnce(Delivery.of(endpoint.id(), id, notice.projectId(), notice.id(),
                notice.event().type(), payloads.of(notice, endpoint.kind())));
        // One that is not new may have lost its message, if the process that made it died before it sent one.
        if (delivery.status() == Status.PENDING && delivery.attempts() == 0) {
            queue.send(endpoint.owner(), delivery, 1, Duration.ZERO);
        }
    }

    /** E-mail and SMS are SNS's to deliver. */
    private static boolean isEndpoint(Map<String, AttributeValue> item) {
        return Arrays.stream(EndpointKind.values())
                .anyMatch(kind -> kind.name().equals(item.get(IntegrationItems.KIND).s()));
    }
}
