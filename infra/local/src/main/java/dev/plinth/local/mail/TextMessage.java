package dev.plinth.local.mail;

import java.time.Instant;

/**
 * A text to a telephone.
 *
 * @param id SNS's message id
 * @param to the number, with its country
 */
public record TextMessage(String id, Instant time, String to, String text) {
}
