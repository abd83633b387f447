package dev.plinth.model;

import dev.plinth.failure.Failure;
import io.micronaut.json.tree.JsonNode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The settings that a project has chosen. */
public final class ProjectSettings {
    private static final String USUAL_VERSION = "1.0.0";
    private static final String USUAL_SCHEMA = "public";

    private final Map<ProjectSetting, String> chosen;

    private ProjectSettings(Map<ProjectSetting, String> chosen) {
        this.chosen = chosen;
    }

    /**
     * Returns settings by name.
     *
     * @throws Failure INVALID_REQUEST when a value breaks its rule, or a name is none
     */
    public static ProjectSettings of(Map<String, String> values) {
        Violations violations = new Violations();
        Map<ProjectSetting, String> chosen = new EnumMap<>(ProjectSetting.class);
        values.forEach((key, value) -> ProjectSetting.of(key).ifPresentOrElse(setting -> {
            setting.fault(value).ifPresent(fault -> violations.add('/' + key, fault));
            chosen.put(setting, value);
        }, () -> violations.add('/' + key, "is not a known setting; known are "
                + String.join(", ", ProjectSetting.keys()))));
        violations.failIfAny();
        return new ProjectSettings(chosen);
    }

    /**
     * Returns settings that {@link #toJson} wrote.
     *
     * @throws Failure INVALID_REQUEST when a value breaks its rule, or a name is none
     */
    public static ProjectSettings of(JsonNode document) {
        Violations violations = new Violations();
        Map<String, String> values = new HashMap<>();
        if (!document.isObject()) {
            violations.add("", "must be an object");
        } else {
            document.entries().forEach(entry -> {
                if (entry.getValue().isString()) {
                    values.put(entry.getKey(), entry.getValue().getStringValue());
                } else {
                    violations.add('/' + entry.getKey(), "must be a string");
                }
            });
        }
        violations.failIfAny();
        return of(values);
    }

    /** Returns the settings as an object of strings, in the order of their list. */
    public JsonNode toJson() {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        chosen.forEach((setting, value) -> values.put(setting.key(), JsonNode.createStringNode(value)));
        return JsonNode.createObjectNode(values);
    }

    /** Returns the package of the Java records of a project. */
    public String javaPackage(String project) {
        return chosen.getOrDefault(ProjectSetting.JAVA_PACKAGE, JavaPackages.usual(project));
    }

    /** Returns the title of the OpenAPI document of a project. */
    public String apiTitle(String project) {
        return chosen.getOrDefault(ProjectSetting.API_TITLE, project);
    }

    /** Returns the version of the OpenAPI document. */
    public String apiVersion() {
        return chosen.getOrDefault(ProjectSetting.API_VERSION, USUAL_VERSION);
    }

    /** Returns the schema of PostgreSQL. */
    public String sqlSchema() {
        return chosen.getOrDefault(ProjectSetting.SQL_SCHEMA, USUAL_SCHEMA);
    }

    /** Returns the licence; empty when none is chosen. */
    public Optional<License> license() {
        return Optional.ofNullable(chosen.get(ProjectSetting.LICENSE)).flatMap(License::of);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProjectSettings that && chosen.equals(that.chosen);
    }

    @Override
    public int hashCode() {
        return chosen.hashCode();
    }

    @Override
    public String toString() {
        return chosen.toString();
    }
}
