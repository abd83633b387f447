package dev.plinth.functions.http;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import io.micronaut.http.HttpRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes revisions as entity tags, and reads the conditions that name them (RFC 9110, sections 8.8.3 and 13.1). */
public final class EntityTags {
    public static final String IF_MATCH = "If-Match";
    public static final String IF_NONE_MATCH = "If-None-Match";

    private static final String ANY = "*";

    /** One element of a list, which may be empty, up to its comma or the end. */
    private static final Pattern ELEMENT =
            Pattern.compile("[ \\t]*(?:(?<weak>W/)?\"(?<tag>[\\x21\\x23-\\x7E\\x80-\\xFF]*)\")?[ \\t]*(?:,|$)");

    private EntityTags() {
    }

    /** Returns the strong entity tag of a revision. */
    public static String write(String revision) {
        return '"' + revision + '"';
    }

    /**
     * Returns the condition of If-Match. A weak tag matches nothing there.
     *
     * @param lines the values of the header, none when it was not sent
     * @throws Failure INVALID_REQUEST when they are not what RFC 9110 allows
     */
    public static RevisionCondition ifMatch(List<String> lines) {
        if (lines.isEmpty() || isAny(lines)) {
            return RevisionCondition.ANY;
        }
        return new RevisionCondition(Optional.of(tags(IF_MATCH, lines, false)));
    }

    /**
     * Returns the condition of a request's If-Match.
     *
     * @throws Failure INVALID_REQUEST when it is not what RFC 9110 allows
     */
    public static RevisionCondition ifMatch(HttpRequest<?> request) {
        return ifMatch(request.getHeaders().getAll(IF_MATCH));
    }

    /**
     * Tells whether If-None-Match names a revision, so that its holder need not be sent it again. Weak tags count.
     *
     * @throws Failure INVALID_REQUEST when the values are not what RFC 9110 allows
     */
    public static boolean ifNoneMatchNames(String revision, List<String> lines) {
        if (lines.isEmpty()) {
            return false;
        }
        return isAny(lines) || tags(IF_NONE_MATCH, lines, true).contains(revision);
    }

    private static boolean isAny(List<String> lines) {
        return lines.size() == 1 && lines.get(0).strip().equals(ANY);
    }

    private static Set<String> tags(String header, List<String> lines, boolean withWeak) {
        String list = String.join(",", lines);
        Set<String> tags = new HashSet<>();
        boolean seen = false;
        Matcher element = ELEMENT.matcher(list);
        for (int at = 0; at < list.length(); at = element.end()) {
            element.region(at, list.length());
            if (!element.lookingAt()) {
                throw malformed(header);
            }
            if (element.group("tag") != null) {
                seen = true;
                if (withWeak || element.group("weak") == null) {
                    tags.add(element.group("tag"));
                }
            }
        }
        if (!seen) {
            throw malformed(header);
        }
        return tags;
    }

    private static Failure malformed(String header) {
        return Failure.invalid(
                Violation.Place.HEADER, header, "must be * or a list of entity tags in double quotes, as in ETag");
    }
}
