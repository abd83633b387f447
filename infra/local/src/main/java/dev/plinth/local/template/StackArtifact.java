package dev.plinth.local.template;

import java.util.List;
import java.util.Optional;

/**
 * A stack of the assembly.
 *
 * @param environment  account and region if the app fixed them, nothing if the stack goes anywhere
 * @param dependencies the artifact ids of the stacks that come before
 */
record StackArtifact(
        String id, String name, Optional<Environment> environment, List<String> dependencies, Template template) {

    /** An account and a region. */
    record Environment(String account, String region) {
    }
}
