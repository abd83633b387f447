/**
 * Users, kept in PostgreSQL. An e-mail address belongs to one user, whatever its case; a password is kept as a
 * memory-hard hash. What happens to a user is told to other services by an outbox in the same transaction.
 */
@Configuration
@Requires(env = "identity")
package dev.plinth.identity;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
