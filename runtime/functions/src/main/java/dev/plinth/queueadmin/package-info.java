/**
 * The queues as operators see and mend them: how deep they are, how old, what died in them and why; dead letters can be
 * read, deleted and sent back. It owns nothing and promises that looking takes nothing away: a message leaves a
 * dead-letter queue only after its queue has it again. So one may come twice, as every worker has to expect, and none
 * is lost wherever a process dies.
 */
@Configuration
@Requires(env = "queue-admin")
package dev.plinth.queueadmin;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
