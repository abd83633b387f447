package dev.plinth.webhooks;

import dev.plinth.functions.checkpoint.Priming;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Instant;
import java.util.UUID;

/** Looks for a delivery that there is not, and does what an attempt does before it connects. Nothing is sent. */
@Singleton
@Requires(env = "webhook-worker")
class WebhooksPriming implements Priming {
    private final Deliveries deliveries;

    /** The handler brings the client with it, whose classes are most of the worker's. */
    WebhooksPriming(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Override
    public void prime() {
        deliveries.find(UUID.randomUUID(), UUID.randomUUID());
        Signature.of(Secrets.generate().at(Instant.EPOCH), "priming", 0, "{}");
        if (GlobalAddresses.contain(InetAddress.getLoopbackAddress())) {
            throw new IllegalStateException("A webhook could call this machine.");
        }
    }
}
