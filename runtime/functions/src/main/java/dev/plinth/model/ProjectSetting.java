package dev.plinth.model;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A setting of a project. Each changes what is generated, and each has a rule of its own. */
public enum ProjectSetting {
    /** The package of the Java records. */
    JAVA_PACKAGE("java-package", JavaPackages::fault),

    /** The title of the OpenAPI document. */
    API_TITLE("api-title", Text.TITLE::fault),

    /** The version of the OpenAPI document. */
    API_VERSION("api-version", rule("(0|[1-9][0-9]{0,8})(\\.(0|[1-9][0-9]{0,8})){2}",
            "must be three whole numbers with points between, for example 1.0.0")),

    /** The schema of PostgreSQL that the tables are in. */
    SQL_SCHEMA("sql-schema", ProjectSetting::schemaFault),

    /** The licence of the archive, by its SPDX identifier. */
    LICENSE("license", License::fault);

    private final String key;
    private final Rule rule;

    ProjectSetting(String key, Rule rule) {
        this.key = key;
        this.rule = rule;
    }

    /** Returns the setting of a name; empty when there is none. */
    public static Optional<ProjectSetting> of(String key) {
        return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
    }

    /** Returns the names of all settings. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(ProjectSetting::key).toList();
    }

    /** Returns the name of the setting, as in {@code java-package}. */
    public String key() {
        return key;
    }

    /** Returns the rule that a value breaks; empty when it breaks none. */
    public Optional<String> fault(String value) {
        return rule.fault(value);
    }

    /**
     * Returns a value that the setting may have.
     *
     * @param pointer where the value is in the request
     * @throws Failure INVALID_REQUEST when it breaks the setting's rule
     */
    public String require(String pointer, String value) {
        fault(value).ifPresent(fault -> {
            throw Failure.invalid(Violation.Place.BODY, pointer, fault);
        });
        return value;
    }

    private static Optional<String> schemaFault(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            return Optional.of("must be 1 to 63 small letters, digits or underscores, beginning with a letter");
        }
        if (name.startsWith("pg_") || name.equals("information_schema")) {
            return Optional.of("must not be a schema of PostgreSQL itself");
        }
        return ReservedWords.POSTGRESQL.contains(name)
                ? Optional.of("must not be a reserved word of PostgreSQL") : Optional.empty();
    }

    private static Rule rule(String pattern, String fault) {
        return value -> value.matches(pattern) ? Optional.empty() : Optional.of(fault);
    }

    private interface Rule {
        Optional<String> fault(String value);
    }
}
