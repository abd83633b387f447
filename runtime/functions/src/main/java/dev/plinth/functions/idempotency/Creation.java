package dev.plinth.functions.idempotency;

/**
 * The answer to a request to create something.
 *
 * @param created  what was created, as it was then
 * @param replayed true when an earlier request with the same idempotency key created it
 */
public record Creation<T>(T created, boolean replayed) {
}
