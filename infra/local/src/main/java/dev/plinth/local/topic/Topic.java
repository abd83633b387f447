package dev.plinth.local.topic;

/**
 * A topic as its template defines it.
 *
 * @param displayName empty for none
 */
public record Topic(String arn, String name, String displayName, String constructPath) {
}
