/**
 * What is in a project: schemas, architectures, documents and settings. The package owns their four tables. It promises
 * that a schema or an architecture which it keeps is one that can be generated, and that a project holds no more of
 * each than its quota, however many requests race for the last place. Who may see and change what, {@code workspace}
 * decides.
 */
@Configuration
@Requires(env = {"studio", "studio-worker"})
package dev.plinth.contents;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
