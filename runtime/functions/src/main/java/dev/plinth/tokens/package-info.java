/**
 * Access tokens: JWTs (RFC 9068) that the identity service signs and everybody else can verify. It owns the signing key
 * in Secrets Manager, which only the identity service reads, and the table of public keys, which holds each key for as
 * long as a token that it signed is valid.
 */
@Configuration
@Requires(env = {"identity", "authorizer", "token-keys"})
package dev.plinth.tokens;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
