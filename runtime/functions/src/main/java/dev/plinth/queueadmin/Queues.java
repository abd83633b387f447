package dev.plinth.queueadmin;

import dev.plinth.failure.Failure;
import java.util.List;
import java.util.Optional;

/** The queues and what died in them. Every call can fail with UNAVAILABLE. Thread-safe. */
interface Queues {
    /** How many dead letters are searched for one of a given id. */
    int SEARCHED = 500;

    Depths depths(QueueName queue);

    /** Returns the latest move of all dead letters; empty when there was none in the last week. */
    Optional<Move> latestMove(QueueName queue);

    /** Returns dead letters, and gives them back. */
    List<DeadLetter> deadLetters(QueueName queue, int most);

    /**
     * Deletes a dead letter for good.
     *
     * @throws Failure NOT_FOUND when the first {@link #SEARCHED} have no such id
     */
    void delete(QueueName queue, String id);

    /**
     * Sends a dead letter to its queue, and then deletes it.
     *
     * @throws Failure NOT_FOUND when the first {@link #SEARCHED} have no such id
     */
    void redrive(QueueName queue, String id);

    /**
     * Begins to send all dead letters back to their queue.
     *
     * @param perSecond how many of them in a second; empty to leave it to SQS
     * @throws Failure CONFLICT while they are being sent already
     */
    void redriveAll(QueueName queue, Optional<Integer> perSecond);
}
