package dev.plinth.queueadmin;

/** A queue at a glance. */
record QueueOverview(QueueName name, Depths depths, Ages.Oldest oldest) {
}
