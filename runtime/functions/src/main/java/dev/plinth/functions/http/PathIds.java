package dev.plinth.functions.http;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads the ids that stand in paths. */
public final class PathIds {
    /** UUID.fromString takes shortened groups as well. */
    private static final Pattern UUIDS = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private PathIds() {
    }

    /**
     * Returns the path parameter {@code id}.
     *
     * @throws Failure INVALID_REQUEST unless it is a UUID in full
     */
    public static UUID uuid(String id) {
        return uuid("id", id);
    }

    /**
     * Returns a path parameter.
     *
     * @throws Failure INVALID_REQUEST unless it is a UUID in full
     */
    public static UUID uuid(String parameter, String value) {
        if (!isUuid(value)) {
            throw Failure.invalid(Violation.Place.PATH, parameter, "must be a UUID");
        }
        return UUID.fromString(value);
    }

    /** Tells whether a text is a UUID in full. */
    public static boolean isUuid(String text) {
        return UUIDS.matcher(text).matches();
    }
}
