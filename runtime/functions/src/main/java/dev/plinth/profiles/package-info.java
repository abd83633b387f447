/**
 * People as the studio knows them: what they call themselves, and what they use of their quotas. The package owns the
 * studio's table of users. It promises that a quota holds however many requests race for the last place, and that
 * nothing of a person is begun once the removal of their account has.
 */
@Configuration
@Requires(env = {"studio", "studio-worker"})
package dev.plinth.profiles;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
