package dev.plinth.local.template;

import java.util.Optional;

/**
 * A resource that a deployment will create, known before anything is created.
 *
 * @param deletionPolicy as written in the template, for example {@code Retain}; empty if it says nothing
 */
public record PlannedResource(
        String stackName, String logicalId, String type, String constructPath, Optional<String> deletionPolicy) {

    /** Returns the exception that says that this resource cannot be honoured. The caller throws it. */
    public TemplateException refuse(String found, String supported) {
        return place().refuse(found, supported);
    }

    Place place() {
        return Place.of(stackName).ownedBy(constructPath).at("Resources").at(logicalId);
    }
}
