/**
 * Jobs: work that takes longer than a request, done by workers behind queues. A job is an item of a table; a message
 * only says that somebody should look at it. So a message may be lost, come twice, late or in any order: a worker takes
 * the job with a lease, ends it once, in one transaction with what it counts, and publishes its notice afterwards. What
 * nobody takes on, the relay sends again. ADR 0017 says why, and where exactly-once ends.
 */
@Configuration
@Requires(env = {"studio", "generation-worker", "deployment-worker", "job-relay", "studio-worker"})
package dev.plinth.jobs;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
