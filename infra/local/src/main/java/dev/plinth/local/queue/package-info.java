/**
 * Queues and the pollers between a queue and a function: they receive batches, invoke the function with them in the form
 * of Lambda's SQS events, delete what succeeded and leave the rest to the visibility timeout and the dead-letter queue.
 */
package dev.plinth.local.queue;
