/**
 * The connection to the cache: TLS, a token of IAM authentication as password, and a refusal at once while it is down.
 */
package dev.plinth.functions.redis;
