/**
 * Projects: who has them and who may do what with them, which other features ask by the project's id. The package owns
 * the projects table. It promises that nothing is added to a project once its deletion has begun, and that a deletion
 * which was cut off is completed by doing it again. ADR 0015 gives the access patterns of the tables.
 */
@Configuration
@Requires(env = {"studio", "notifications", "webhook-worker", "studio-worker"})
package dev.plinth.workspace;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
