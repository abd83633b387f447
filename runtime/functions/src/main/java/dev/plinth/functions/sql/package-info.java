/**
 * The connection to PostgreSQL: a pool of two connections, TLS, a token of IAM authentication as password, and a
 * refusal at once while the database is down. {@link dev.plinth.functions.sql.Database} is a bean of every service that
 * has the settings of the database, and of no other.
 */
package dev.plinth.functions.sql;
