package dev.plinth.functions.event;

/**
 * Takes messages that no {@link MessageHandler} can be given, since they are not JSON objects. A service need not have
 * one; without it such a message circles until the queue gives it up.
 */
public interface Unreadable {
    /**
     * Puts a message where somebody will look at it; it is gone from the queue afterwards. What this throws gives it
     * back to the queue.
     *
     * @param body         whatever it is
     * @param receiveCount how often it has been given to somebody, this time included
     */
    void refuse(String body, int receiveCount);
}
