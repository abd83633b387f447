/**
 * Generates code: takes the order, with a snapshot of all that it is generated from, has a worker generate and store
 * it, and hands out URLs of what was stored. The package owns the table of code generations and the objects of the
 * bucket. It promises that what was ordered is generated once, from what the project held then. ADR 0017 says how.
 */
@Configuration
@Requires(env = {"studio", "generation-worker"})
package dev.plinth.generation;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
