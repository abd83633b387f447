/**
 * The worker of the identity service: mails the codes that users ask for, and ends the sessions of users who are gone.
 * A code is made when it is mailed, so it is in no queue and in no database but as a digest.
 */
@Configuration
@Requires(env = "identity-worker")
package dev.plinth.mailing;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
