package dev.plinth.local.template;

import java.util.Optional;

/** Resolves dynamic references such as {@code {{resolve:secretsmanager:arn:SecretString:password}}}. */
@FunctionalInterface
public interface DynamicReferences {

    /** Resolves none: a template with a dynamic reference is refused. */
    DynamicReferences REFUSED = reference -> Optional.empty();

    /**
     * Returns the value of a reference, or nothing if it is not supported.
     *
     * @param reference what stands between <code>{{resolve:</code> and <code>}}</code>, for example
     *                  {@code ssm:/plinth/name}
     */
    Optional<String> resolve(String reference);
}
