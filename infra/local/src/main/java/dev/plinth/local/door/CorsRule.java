package dev.plinth.local.door;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;

/**
 * A rule by which pages of other origins may use a bucket (Amazon S3 User Guide, "CORS configuration").
 *
 * @param origins each with at most one star
 * @param headers of requests, each with at most one star
 * @param exposed headers of answers that a page may read
 * @param maxAge  for how many seconds a browser may keep what it was told
 */
public record CorsRule(List<String> origins, List<String> methods, List<String> headers, List<String> exposed,
                       Optional<Integer> maxAge) {
    public CorsRule {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        exposed = List.copyOf(exposed);
    }

    boolean allows(String origin, String method, String requestHeaders) {
        return origins.stream().anyMatch(allowed -> matches(allowed, origin)) && methods.contains(method)
                && names(requestHeaders).allMatch(name -> headers.stream().anyMatch(allowed -> matches(allowed, name)));
    }

    private static Stream<String> names(String requestHeaders) {
        return Stream.of(requestHeaders.split(",")).map(String::strip).filter(name -> !name.isEmpty());
    }

    private static boolean matches(String allowed, String text) {
        int star = allowed.indexOf('*');
        if (star < 0) {
            return allowed.equalsIgnoreCase(text);
        }
        String start = allowed.substring(0, star);
        String end = allowed.substring(star + 1);
        return text.length() >= start.length() + end.length() && text.regionMatches(true, 0, start, 0, start.length())
                && text.regionMatches(true, text.length() - end.length(), end, 0, end.length());
    }

    /** Returns the headers of an answer to a request that the rule allows. */
    List<HttpField> fields(String origin) {
        List<HttpField> fields = new ArrayList<>();
        boolean any = origins.contains("*");
        fields.add(new HttpField("Access-Control-Allow-Origin", any ? "*" : origin));
        fields.add(new HttpField("Access-Control-Allow-Methods", String.join(", ", methods)));
        if (!any) {
            fields.add(new HttpField("Access-Control-Allow-Credentials", "true"));
        }
        if (!exposed.isEmpty()) {
            fields.add(new HttpField("Access-Control-Expose-Headers", String.join(", ", exposed)));
        }
        fields.add(new HttpField("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"));
        return fields;
    }

    /** Returns the headers of the answer to a preflight request that the rule allows. */
    List<HttpField> preflightFields(String origin, String requestHeaders) {
        List<HttpField> fields = fields(origin);
        if (!requestHeaders.isEmpty()) {
            fields.add(new HttpField("Access-Control-Allow-Headers", requestHeaders));
        }
        maxAge.ifPresent(seconds -> fields.add(new HttpField("Access-Control-Max-Age", seconds.toString())));
        return fields;
    }
}
