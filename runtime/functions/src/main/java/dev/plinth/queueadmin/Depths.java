package dev.plinth.queueadmin;

/**
 * How many messages a queue and its dead-letter queue hold; approximate, as SQS counts them.
 *
 * @param visible     can be received
 * @param inFlight    have been received, and neither deleted nor given back
 * @param delayed     cannot be received yet
 * @param deadLetters those in the dead-letter queue, whichever of these they are there
 */
record Depths(long visible, long inFlight, long delayed, long deadLetters) {
    boolean isEmpty() {
        return visible + inFlight + delayed == 0;
    }
}
