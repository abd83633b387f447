/**
 * Teams: people who share projects, each in a role. The package owns the teams table. It promises that a team always
 * has an owner while anybody is in it, and that one which projects are shared with cannot be deleted.
 */
@Configuration
@Requires(env = {"studio", "notifications", "webhook-worker", "studio-worker"})
package dev.plinth.teams;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
