package dev.plinth.local.stack;

import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.ResourceDefinition;

/**
 * A resource of a stack, as long as it exists.
 *
 * @param definition what the template said of it
 * @param created    what came of that
 */
public record MadeResource(ResourceDefinition definition, CreatedResource created) {
    boolean isRetained() {
        return definition.deletionPolicy().filter("Retain"::equals).isPresent();
    }
}
