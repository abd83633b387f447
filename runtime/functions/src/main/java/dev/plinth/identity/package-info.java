/**
 * Users, kept in PostgreSQL. An e-mail address belongs to one user, whatever its case; a password is kept as a
 * memory-hard hash. What happens to a user is told to other services by an outbox in the same transaction.
 */
package dev.plinth.identity;
