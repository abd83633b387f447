package dev.plinth.local.secrets;

import java.time.Duration;

/**
 * How a secret is rotated.
 *
 * @param functionArn the rotation function
 * @param every       the time from one rotation to the next
 */
public record Rotation(String functionArn, Duration every) {
}
