/**
 * Todos: each belongs to the user who wrote it, and nobody else can see it. The package owns the todos table, for the
 * todos service, for the worker that removes what a user leaves behind, and for the dashboard that shows a user's
 * figures. It promises that the figures agree with the todos whoever writes at the same time, and that nothing of a
 * user is written once their removal has begun. ADR 0011 gives the access patterns of the table.
 */
@Configuration
@Requires(env = {"todos", "todos-worker", "dashboard"})
package dev.plinth.todos;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
