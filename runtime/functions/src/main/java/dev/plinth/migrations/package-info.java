/**
 * The schema of the database, in {@code db/migration}, and the function by which CloudFormation brings it to the
 * version of the jar. A migration that fails, fails the deployment; nothing is ever cleaned.
 */
@Configuration
@Requires(env = "migrations")
package dev.plinth.migrations;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
