package dev.plinth.functions.event;

/**
 * Handles a message of the queue that starts the function. A message may come more than once and in any order, so what
 * it asks for is done at most once however often it comes.
 */
public interface MessageHandler {
    /**
     * Does what the message asks for. What it throws gives this one message back to the queue, for another attempt and
     * in the end for the dead-letter queue; the others of its batch are not touched.
     */
    void handle(Message message);
}
