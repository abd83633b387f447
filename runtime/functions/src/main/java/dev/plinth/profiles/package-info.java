/**
 * People as the studio knows them: what they call themselves, and what they use of their quotas. The package owns the
 * studio's table of users. It promises that a quota holds however many requests race for the last place.
 */
@Configuration
@Requires(env = "studio")
package dev.plinth.profiles;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
