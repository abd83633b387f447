/**
 * The orders service: takes orders, lists them, follows them through their statuses. It owns the orders table, and
 * promises that no change is lost between two writers and that a repeated request creates no second order. ADR 0004
 * gives the access patterns of the table.
 */
@Configuration
@Requires(env = "orders")
package dev.plinth.orders;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
