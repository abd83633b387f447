package dev.plinth.local.template;

import java.util.List;
import java.util.Optional;

/**
 * A stack whose resources exist.
 *
 * @param id        the stack's ARN
 * @param outputs   in the order of the template
 * @param resources in the order in which they were created
 */
public record DeployedStack(
        String name, String id, Optional<String> description, List<Output> outputs, List<Resource> resources) {
    public DeployedStack {
        outputs = List.copyOf(outputs);
        resources = List.copyOf(resources);
    }

    /** A stack output. */
    public record Output(String key, String value, Optional<String> description, Optional<String> exportName) {
    }

    /** A resource that was created. */
    public record Resource(String logicalId, String type, String physicalId, String constructPath) {
    }
}
