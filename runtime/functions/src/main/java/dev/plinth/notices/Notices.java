package dev.plinth.notices;

/** Where notices are published. */
public interface Notices {
    /**
     * Publishes a notice to the topic: message attributes {@code event}, {@code project} and {@code outcome}, which
     * filter policies match, and a JSON body of the same and the rest.
     *
     * @throws dev.plinth.functions.problem.Failure UNAVAILABLE when the topic does not take it; publish it again then
     */
    void publish(Notice notice);
}
