/**
 * Who is told when something ends: people by e-mail, SMS or webhook, each as they subscribed, and what a project is
 * integrated with. It promises that nobody is told at an address that they have not confirmed, nor of a project that
 * they may not read, and that addresses and secrets get into no log. E-mail and SMS are subscriptions of the topic's
 * own; webhooks are delivered by {@code dev.plinth.webhooks}. ADR 0019 says why, and lists the items.
 */
@Configuration
@Requires(env = {"notifications", "webhook-worker", "studio-worker"})
package dev.plinth.notifications;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
