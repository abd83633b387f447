package dev.plinth.notices;

/** Where notices are published. */
public interface Notices {
    /**
     * Publishes a notice to the topic: message attributes {@code event}, {@code project} and {@code outcome}, which
     * filter policies match. A queue gets a JSON object: {@code id}, {@code event}, {@code project}, {@code subject},
     * {@code outcome}, {@code at} and, if there is one, {@code detail}; people get sentences.
     *
     * @throws dev.plinth.failure.Failure UNAVAILABLE when the topic does not take it; publish it again then
     */
    void publish(Notice notice);
}
