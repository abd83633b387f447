package dev.plinth.model;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of a field by itself: which attributes its type has, and what they may be. */
final class FieldRules {

    /** PostgreSQL indexes up to 2,704 bytes, and a character may have four. */
    private static final int MOST_UNIQUE_CHARACTERS = 500;

    private static final Pattern VALUE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");

    private final Violations violations;

    FieldRules(Violations violations) {
        this.violations = violations;
    }

    void check(Field field, String at) {
        FieldType type = field.type();
        if (type == null) {
            return;
        }
        only(type == FieldType.STRING, field.maxLength() != null, at + "/maxLength", FieldType.STRING);
        only(type == FieldType.DECIMAL, field.precision() != null, at + "/precision", FieldType.DECIMAL);
        only(type == FieldType.DECIMAL, field.scale() != null, at + "/scale", FieldType.DECIMAL);
        only(type == FieldType.ENUM, !field.values().isEmpty(), at + "/values", FieldType.ENUM);
        if (type == FieldType.DECIMAL && field.scale() != null) {
            if (field.precision() == null) {
                violations.add(at + "/precision", "is required beside a scale");
            } else if (field.scale() > field.precision()) {
                violations.add(at + "/scale", "must not be above the precision");
            }
        }
        if (field.unique() && type == FieldType.TEXT) {
            violations.add(at + "/unique", "must not be true for TEXT, which is too long for an index");
        } else if (field.unique() && type == FieldType.STRING && field.length() > MOST_UNIQUE_CHARACTERS) {
            violations.add(at + "/maxLength",
                    "must be at most " + MOST_UNIQUE_CHARACTERS + " where values are unique, for their index");
        }
        if (type == FieldType.ENUM) {
            values(field.values(), at + "/values");
        }
    }

    private void values(List<String> values, String at) {
        if (values.isEmpty()) {
            violations.add(at, "must have at least one element for ENUM");
        }
        Set<String> known = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            if (value.isEmpty()) {
                // Said already, when it was read.
                continue;
            }
            if (!VALUE.matcher(value).matches()) {
                violations.add(at + '/' + i, "must be 1 to 63 letters from A to Z, digits or underscores, "
                        + "beginning with a letter");
            } else if (ReservedWords.JAVA.contains(value)) {
                violations.add(at + '/' + i, "is a reserved word of Java");
            } else if (!known.add(value.toLowerCase(Locale.ROOT))) {
                violations.add(at + '/' + i, "is there already, but for capitals");
            }
        }
    }

    private void only(boolean fits, boolean given, String at, FieldType type) {
        if (given && !fits) {
            violations.add(at, "is only for fields of type " + type);
        }
    }
}
