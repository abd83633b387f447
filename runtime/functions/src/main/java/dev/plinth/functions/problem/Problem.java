package dev.plinth.functions.problem;

import dev.plinth.failure.Violation;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A problem document (RFC 9457).
 *
 * @param type      which problem it is, a URI that does not change
 * @param title     the type in words
 * @param status    the HTTP status
 * @param detail    what is wrong with this request
 * @param instance  which occurrence it is: the request's id as a URN
 * @param errors    the rules that the request breaks; absent when there are none
 * @param requestId the request's id, for reports; only in answers of status 500 and above
 */
@Serdeable
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @Nullable List<Error> errors,
        @Nullable String requestId) {

    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /**
     * A rule that the request breaks. Exactly one of pointer, parameter and header is present.
     *
     * @param pointer   a JSON pointer into the body
     * @param parameter the name of a query or path parameter
     * @param header    the name of a header
     * @param detail    what the rule asks
     */
    @Serdeable
    public record Error(
            @Nullable String pointer, @Nullable String parameter, @Nullable String header, String detail) {

        static Error of(Violation violation) {
            String name = violation.name();
            return switch (violation.place()) {
                case BODY -> new Error(name, null, null, violation.detail());
                case QUERY, PATH -> new Error(null, name, null, violation.detail());
                case HEADER -> new Error(null, null, name, violation.detail());
            };
        }
    }

    static Problem of(ProblemType type, String detail, List<Violation> violations, String requestId) {
        return new Problem(type.uri(), type.title(), type.status(), detail, "urn:plinth:request:" + requestId,
                violations.isEmpty() ? null : violations.stream().map(Error::of).toList(),
                type.isServerError() ? requestId : null);
    }
}
