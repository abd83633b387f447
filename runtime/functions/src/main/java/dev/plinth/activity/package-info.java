/**
 * What was done in a project, by whom, and the figures of its days. Both are recorded by what happens, in the
 * transaction of the change itself, so that none is lost and none counts twice. ADR 0015 gives the access patterns of
 * the two tables.
 */
@Configuration
@Requires(env = {"studio", "notifications", "generation-worker", "deployment-worker", "studio-worker"})
package dev.plinth.activity;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
