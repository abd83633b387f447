package dev.plinth.generator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file of an archive.
 *
 * @param path    where it is: names with slashes between, none of which leads out of the directory that it is put into
 * @param content its text, which ends with a line feed and has no other line ends
 */
public record GeneratedFile(String path, String content) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,250}");
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException when a part of the path is not safe on every file system. Names are chosen so
     *         that this cannot happen; it guards against a mistake in choosing them
     */
    public GeneratedFile {
        List<String> parts = Arrays.asList(path.split("/", -1));
        if (parts.stream().anyMatch(part -> !NAME.matcher(part).matches() || part.endsWith(".")
                || DEVICE.matcher(part).matches())) {
            throw new IllegalArgumentException("No path for an archive: " + path);
        }
    }

    /** Returns the content in UTF-8. */
    public byte[] bytes() {
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
