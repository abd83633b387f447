/**
 * The dashboard: what a user sees of themselves at a glance, from PostgreSQL and from DynamoDB in one answer, and
 * whether the system's dependencies answer. It owns no data and writes none: it reads the view that identity keeps for
 * it, and asks todos for figures.
 */
@Configuration
@Requires(env = "dashboard")
package dev.plinth.dashboard;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
