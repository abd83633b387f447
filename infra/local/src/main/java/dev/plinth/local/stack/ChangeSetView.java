package dev.plinth.local.stack;

import dev.plinth.local.template.PlannedResource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A change set as it is at one moment.
 *
 * @param id        its ARN
 * @param status    for example {@code CREATE_COMPLETE}
 * @param execution whether it can be or was executed, for example {@code AVAILABLE}
 * @param changes   the resources that it adds
 */
public record ChangeSetView(String name, String id, String stackName, String stackId, String status, String execution,
        Optional<String> reason, Instant createdAt, List<PlannedResource> changes) {
}
