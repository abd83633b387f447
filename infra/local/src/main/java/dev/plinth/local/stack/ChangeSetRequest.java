package dev.plinth.local.stack;

import java.util.List;
import java.util.Optional;

/**
 * What a change set is to be made of.
 *
 * @param token         a repetition with the same one is answered like the first call
 * @param template      in JSON
 * @param resourceTypes the types that the template may have; empty for any
 */
public record ChangeSetRequest(String stackName, String name, Optional<String> token, byte[] template, String roleArn,
        List<String> resourceTypes) {
    public ChangeSetRequest {
        resourceTypes = List.copyOf(resourceTypes);
    }

    boolean mayHave(String type) {
        return resourceTypes.isEmpty() || resourceTypes.stream().anyMatch(allowed -> allowed.equals(type)
                || allowed.endsWith("*") && type.startsWith(allowed.substring(0, allowed.length() - 1)));
    }
}
