package dev.plinth.notifications;

import dev.plinth.webhooks.Interest;
import java.net.URI;
import java.util.Optional;

/**
 * What an integration shall be.
 *
 * @param url     empty to keep the one it has
 * @param enabled whether it is told of anything; to say so again ends that it was disabled for its failures
 * @param rotated whether it gets another secret
 */
record IntegrationChange(String name, Optional<URI> url, Interest interest, boolean enabled, boolean rotated) {
}
