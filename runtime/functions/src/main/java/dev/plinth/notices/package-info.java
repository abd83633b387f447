/**
 * Tells the notifications topic what has ended. Who is told, the subscriptions' filter policies decide.
 */
@Configuration
@Requires(env = {"generation-worker", "deployment-worker"})
package dev.plinth.notices;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
