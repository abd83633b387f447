package dev.plinth.local.httpapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;

/**
 * The CORS configuration of an HTTP API. The gateway answers preflight requests itself, and its headers replace those of
 * an integration.
 *
 * @param maxAge in seconds
 */
public record Cors(List<String> origins, List<String> methods, List<String> headers, List<String> exposed,
                   boolean credentials, Optional<Integer> maxAge) {

    /** Returns the headers of an answer to a request from the origin; none when the origin is not allowed. */
    List<HttpField> onAnswer(String origin) {
        if (!allows(origin)) {
            return List.of();
        }
        List<HttpField> fields = new ArrayList<>();
        fields.add(new HttpField("access-control-allow-origin", origins.contains("*") ? "*" : origin));
        if (!origins.contains("*")) {
            fields.add(new HttpField("vary", "origin"));
        }
        if (credentials) {
            fields.add(new HttpField("access-control-allow-credentials", "true"));
        }
        if (!exposed.isEmpty()) {
            fields.add(new HttpField("access-control-expose-headers", String.join(",", exposed)));
        }
        return fields;
    }

    /** Returns the headers of the answer to a preflight request from the origin. */
    List<HttpField> onPreflight(String origin) {
        List<HttpField> fields = new ArrayList<>(onAnswer(origin));
        if (fields.isEmpty()) {
            return fields;
        }
        fields.add(new HttpField("access-control-allow-methods", String.join(",", methods)));
        fields.add(new HttpField("access-control-allow-headers", String.join(",", headers)));
        maxAge.ifPresent(seconds -> fields.add(new HttpField("access-control-max-age", Integer.toString(seconds))));
        return fields;
    }

    private boolean allows(String origin) {
        return origin != null && origins.stream().anyMatch(allowed -> matches(allowed, origin));
    }

    /** An origin may hold one wildcard in place of a host or after a scheme, for example {@code https://*.example.com}. */
    private static boolean matches(String allowed, String origin) {
        int star = allowed.indexOf('*');
        if (star < 0) {
            return allowed.equalsIgnoreCase(origin);
        }
        String start = allowed.substring(0, star);
        String end = allowed.substring(star + 1);
        return origin.length() >= start.length() + end.length() && origin.startsWith(start) && origin.endsWith(end);
    }
}
