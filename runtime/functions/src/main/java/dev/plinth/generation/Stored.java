package dev.plinth.generation;

/**
 * What was stored.
 *
 * @param bytes  how many
 * @param sha256 their digest, in hexadecimal
 */
record Stored(long bytes, String sha256) {
}
