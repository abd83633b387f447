package dev.plinth.deployments;

import java.time.Instant;
import java.util.Optional;

/**
 * What happened to a resource of a stack.
 *
 * @param resource the resource's name in the template
 * @param status   in CloudFormation's words, for example {@code CREATE_COMPLETE}
 */
record ResourceEvent(Instant at, String resource, String type, String status, Optional<String> reason) {
}
