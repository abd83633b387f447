/**
 * Tells API Gateway who calls. It can verify access tokens and never sign one, and it needs no cache: whether a token's
 * session has ended is in a table of its own, so orders and todos do not go down with Redis.
 */
@Configuration
@Requires(env = "authorizer")
package dev.plinth.authorizer;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
