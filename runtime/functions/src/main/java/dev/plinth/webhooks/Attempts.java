package dev.plinth.webhooks;

import dev.plinth.contract.Metric;
import dev.plinth.functions.event.TimeLeft;
import dev.plinth.functions.metrics.Metrics;
import dev.plinth.webhooks.Delivery.Status;
import dev.plinth.webhooks.DeliveryQueue.Due;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the attempts of deliveries. An attempt is claimed before it is made and recorded afterwards, so that a message
 * that comes twice makes one. A worker that dies in between leaves its claim, which ends, and its message, which comes
 * again: then the attempt is made again, under the same id, as nobody can know what the receiver saw of it.
 */
@Singleton
@Requires(env = "webhook-worker")
class Attempts {
    /** Longer than an attempt, shorter than the queue hides the message of one that died. */
    static final Duration CLAIM = Duration.ofSeconds(20);

    /** The deadline of a request, and the reads and writes around it. */
    private static final Duration TIME_FOR_ONE = WebhookClient.DEADLINE.plusSeconds(3);

    /** What the queue's clock may be ahead of this one. */
    private static final Duration EARLY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final Endpoints endpoints;
    private final Deliveries deliveries;
    private final DeliveryQueue queue;
    private final Readers readers;
    private final WebhookClient client;
    private final Schedule schedule;
    private final Metrics metrics;
    private final TimeLeft timeLeft;
    private final Clock clock;

    Attempts(Endpoints endpoints, Deliveries deliveries, DeliveryQueue queue, Readers readers, WebhookClient client,
            Schedule schedule, Metrics metrics, TimeLeft timeLeft, Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.queue = queue;
        this.readers = readers;
        this.client = client;
        this.schedule = schedule;
        this.metrics = metrics;
        this.timeLeft = timeLeft;
        this.clock = clock;
    }

    /**
     * Makes an attempt that is due, unless it was made already or is not to be made any more.
     *
     * @param again true when the message was given to somebody before, who did not finish with it
     */
    void make(Due due, boolean again) {
        if (timeLeft.isBelow(TIME_FOR_ONE)) {
            // A message of its own, so that slow receivers before it in the batch do not count against it.
            queue.send(due, Duration.ZERO);
            return;
        }
        Optional<Delivery> found = deliveries.find(due.endpointId(), due.deliveryId())
                .filter(delivery -> delivery.status() == Status.PENDING);
        if (found.isEmpty()) {
            return;
        }
        Delivery delivery = found.get();
        if (due.attempt() <= delivery.attempts()) {
            if (again) {
                // Whoever made it may have died before they asked for the next one.
                queue.send(due.owner(), delivery, delivery.attempts() + 1, untilNext(delivery));
            }
        } else if (untilNext(delivery).compareTo(EARLY) > 0) {
            queue.send(due, untilNext(delivery));
        } else {
            make(due, delivery, again);
        }
    }

    private void make(Due due, Delivery delivery, boolean again) {
        Optional<Endpoint> endpoint = endpoints.find(due.owner(), due.endpointId())
                .filter(found -> isWanted(found, delivery));
        if (endpoint.isEmpty()) {
            deliveries.cancel(delivery);
            return;
        }
        if (!deliveries.claim(delivery, clock.instant().plus(CLAIM))) {
            if (again) {
                queue.send(due, CLAIM);
            }
            return;
        }
        Answer answer = client.post(endpoint.get().url(), headers(endpoint.get(), delivery), delivery.body());
        int attempt = delivery.attempts() + 1;
        LOG.atInfo().addKeyValue("deliveryId", delivery.id()).addKeyValue("attempt", attempt)
                .addKeyValue("result", answer.text()).log("delivery attempted");
        if (answer.isTaken()) {
            succeed(endpoint.get(), delivery, answer);
        } else if (answer.isGone() || schedule.isLast(attempt)) {
            fail(endpoint.get(), delivery, answer);
        } else {
            Duration pause = schedule.after(attempt);
            deliveries.postpone(delivery, answer.text(), clock.instant().plus(pause));
            queue.send(due.owner(), delivery, attempt + 1, pause);
        }
    }

    /** A subscription that is not confirmed gets the request that asks for it, and nothing else. */
    private boolean isWanted(Endpoint endpoint, Delivery delivery) {
        if (delivery.isConfirmation()) {
            return endpoint.state() == EndpointState.PENDING;
        }
        return endpoint.state() == EndpointState.ACTIVE
                && delivery.projectId().filter(project -> readers.include(endpoint.owner(), project)).isPresent();
    }

    private void succeed(Endpoint endpoint, Delivery delivery, Answer answer) {
        if (deliveries.end(delivery, Status.SUCCEEDED, answer.text()) && !delivery.isConfirmation()) {
            endpoints.succeeded(endpoint);
            metrics.count(Metric.DELIVERIES_SUCCEEDED);
        }
    }

    /** A confirmation that fails counts for nothing: whoever mistypes a URL must not wake an operator. */
    private void fail(Endpoint endpoint, Delivery delivery, Answer answer) {
        if (deliveries.end(delivery, Status.FAILED, answer.text()) && !delivery.isConfirmation()) {
            metrics.count(Metric.DELIVERIES_FAILED);
            if (answer.isGone()) {
                endpoints.disable(endpoint);
            } else {
                endpoints.failed(endpoint);
            }
        }
    }

    private Map<String, String> headers(Endpoint endpoint, Delivery delivery) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (endpoint.kind() == EndpointKind.WEBHOOK) {
            Instant now = clock.instant();
            headers.put("webhook-id", delivery.noticeId());
            headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
            headers.put("webhook-signature", Signature.of(endpoint.secrets().at(now), delivery.noticeId(),
                    now.getEpochSecond(), delivery.body()));
        }
        return headers;
    }

    private Duration untilNext(Delivery delivery) {
        Duration left = delivery.nextAttemptAt().map(at -> Duration.between(clock.instant(), at)).orElse(Duration.ZERO);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
