/**
 * What becomes of the studio's things when a user's account is removed. The package owns no table: it says in which
 * order the features remove what is theirs, and each of those promises that its part can be repeated and finds out by
 * itself what is left. So a removal that was cut off at any point is completed by its message, which comes again. ADR
 * 0015 and ADR 0019 say what stays.
 */
@Configuration
@Requires(env = "studio-worker")
package dev.plinth.removals;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
