/**
 * The connection to PostgreSQL: a pool bounded by the contract, TLS, a token of IAM authentication as password, and a
 * refusal at once while the database is down.
 */
package dev.plinth.functions.sql;
