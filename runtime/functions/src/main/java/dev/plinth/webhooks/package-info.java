/**
 * Webhooks: which addresses may be called, how a request to one is signed, and each delivery from the notice to its
 * last attempt. It owns the endpoints' part of the integrations table and the deliveries, for the service that keeps
 * subscriptions and for the worker that delivers. It promises that a notice is delivered once to an endpoint however
 * often it comes, and that nothing is ever sent into a private network. ADR 0019 says why, and lists the items.
 */
@Configuration
@Requires(env = {"notifications", "webhook-worker"})
package dev.plinth.webhooks;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
