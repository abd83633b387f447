package dev.plinth.local.httpapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes of an HTTP API. A literal segment wins over a variable one, as in the gateway. Thread-safe once filled. */
final class RouteTable {
    private final List<Entry> entries = new ArrayList<>();

    /** A route that a request matched, with the decoded values of its path's variables. */
    record Match(String routeKey, String integrationArn, Map<String, String> pathParameters) {
    }

    private record Entry(String method, List<String> segments, String routeKey, String integrationArn) {
        long variables() {
            return segments.stream().filter(Entry::isVariable).count();
        }

        static boolean isVariable(String segment) {
            return segment.startsWith("{");
        }

        Optional<Match> match(String requestMethod, List<String> path) {
            if (!method.equals("ANY") && !method.equals(requestMethod) || segments.size() != path.size()) {
                return Optional.empty();
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String segment = segments.get(i);
                if (isVariable(segment)) {
                    if (path.get(i).isEmpty()) {
                        return Optional.empty();
                    }
                    values.put(segment.substring(1, segment.length() - 1), path.get(i));
                } else if (!segment.equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Match(routeKey, integrationArn, values));
        }
    }

    /**
     * Adds a route.
     *
     * @throws IllegalArgumentException for a key that is not served here: {@code $default} and greedy variables
     */
    void add(String routeKey, String integrationArn) {
        String[] parts = routeKey.split(" ", 2);
        if (parts.length != 2 || routeKey.contains("+}")) {
            throw new IllegalArgumentException(
                    "the route key " + routeKey + " is a catch-all; routes here name a method and a path");
        }
        entries.add(new Entry(parts[0], segments(parts[1]), routeKey, integrationArn));
        entries.sort(Comparator.comparingLong(Entry::variables).thenComparing(entry -> entry.method().equals("ANY")));
    }

    Optional<Match> find(String method, String rawPath) {
        List<String> path = segments(rawPath).stream().map(Payload::decodePath).toList();
        return entries.stream().flatMap(entry -> entry.match(method, path).stream()).findFirst();
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
