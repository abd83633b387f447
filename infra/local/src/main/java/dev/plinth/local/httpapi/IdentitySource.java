package dev.plinth.local.httpapi;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of the request by which an authorizer knows its caller, and by which its results are cached.
 *
 * @param kind {@code request.header}, {@code request.querystring} or {@code context}
 * @param name of the header, the parameter or the value of the context
 */
record IdentitySource(String kind, String name) {
    private static final Pattern WRITTEN =
            Pattern.compile("\\$(?:(request\\.header|request\\.querystring)\\.([^.]+)|(context)\\.(routeKey))");

    /** @throws IllegalArgumentException for a source that is not read here, such as a stage variable */
    static IdentitySource parse(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "$request.header.NAME, $request.querystring.NAME and $context.routeKey, not " + written);
        }
        return matcher.group(1) != null
                ? new IdentitySource(matcher.group(1), matcher.group(2))
                : new IdentitySource(matcher.group(3), matcher.group(4));
    }

    /** Returns the value that the request has; nothing when it has none or an empty one, which the gateway takes alike. */
    Optional<String> value(Payload.Request request) {
        String value = switch (kind) {
            case "request.header" -> request.headers().get(name.toLowerCase(Locale.ROOT));
            case "request.querystring" -> request.query().get(name);
            default -> request.match().routeKey();
        };
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }
}
