/**
 * What happened to users, on its way to the queues. An event is written in the transaction of the change that it tells
 * of, so there is never one without the other; afterwards it is sent, at least once, by the process that wrote it or by
 * the relay that looks every minute for what was left. ADR 0009 says why.
 */
@Configuration
@Requires(env = {"identity", "outbox-relay"})
package dev.plinth.outbox;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
