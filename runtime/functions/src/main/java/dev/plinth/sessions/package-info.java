/**
 * Sessions and mailed codes, kept in the cache: sign-in, refresh and revocation, and how often each may be tried. A
 * session that has ended is refused by the identity service at once, and by everybody else as soon as API Gateway
 * forgets what the authorizer said of it.
 */
@Configuration
@Requires(env = {"identity", "identity-worker"})
package dev.plinth.sessions;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
