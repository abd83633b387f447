package dev.plinth.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds entities none of which can be stored before the others. One optional relation is enough to begin with. */
final class RequiredRelations {
    private final Violations violations;
    private final Map<String, List<Edge>> edges = new HashMap<>();
    private final List<String> path = new ArrayList<>();
    private final Set<String> done = new HashSet<>();

    RequiredRelations(Violations violations) {
        this.violations = violations;
    }

    void add(Entity holder, Entity target, String pointer) {
        edges.computeIfAbsent(holder.name(), first -> new ArrayList<>()).add(new Edge(target.name(), pointer));
    }

    void check() {
        edges.keySet().stream().sorted().forEach(this::walk);
    }

    /** As deep as there are entities, at most. */
    private void walk(String entity) {
        if (!done.add(entity)) {
            return;
        }
        path.add(entity);
        for (Edge edge : edges.getOrDefault(entity, List.of())) {
            int start = path.indexOf(edge.target);
            if (start >= 0) {
                String circle = path.subList(start, path.size()).stream()
                        .collect(Collectors.joining(", ", "", ", " + edge.target));
                violations.add(edge.pointer, "closes a circle of required relations (" + circle
                        + "), so that none can be stored first; one of them must be optional");
            } else {
                walk(edge.target);
            }
        }
        path.remove(path.size() - 1);
    }

    private record Edge(String target, String pointer) {
    }
}
