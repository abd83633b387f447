package dev.plinth.local.template;

import java.util.Optional;

/**
 * A resource about to be created.
 *
 * @param constructPath  the CDK's path of the construct, for example {@code PlinthDevTables/Orders/Table/Resource}
 * @param deletionPolicy as written in the template, for example {@code Retain}; empty if it says nothing
 * @param properties     the resource's properties, every intrinsic function resolved
 */
public record ResourceDefinition(
        String stackName,
        String logicalId,
        String type,
        String constructPath,
        Optional<String> deletionPolicy,
        Properties properties) {

    /** Returns the exception that says that this resource cannot be honoured. The caller throws it. */
    public TemplateException refuse(String found, String supported) {
        return Place.of(stackName).ownedBy(constructPath).at("Resources").at(logicalId).refuse(found, supported);
    }
}
