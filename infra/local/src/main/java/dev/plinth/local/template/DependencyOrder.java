package dev.plinth.local.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Sorts ids so that each comes after those it depends on; otherwise the order stays as given. */
final class DependencyOrder {
    private final Map<String, ? extends Collection<String>> dependencies;
    private final Function<String, RuntimeException> onCycle;
    private final Set<String> path = new LinkedHashSet<>();
    private final Set<String> sorted = new LinkedHashSet<>();

    private DependencyOrder(
            Map<String, ? extends Collection<String>> dependencies, Function<String, RuntimeException> onCycle) {
        this.dependencies = dependencies;
        this.onCycle = onCycle;
    }

    /**
     * @param dependencies for each id, in the order to keep, the ids that it depends on
     * @param onCycle      makes the exception for a cycle, of which it is given the path: {@code A -> B -> A}
     */
    static List<String> sort(
            Map<String, ? extends Collection<String>> dependencies, Function<String, RuntimeException> onCycle) {
        DependencyOrder order = new DependencyOrder(dependencies, onCycle);
        dependencies.keySet().forEach(order::add);
        return List.copyOf(order.sorted);
    }

    private void add(String id) {
        if (sorted.contains(id)) {
            return;
        }
        if (!path.add(id)) {
            List<String> cycle = new ArrayList<>(path);
            cycle = cycle.subList(cycle.indexOf(id), cycle.size());
            throw onCycle.apply(String.join(" -> ", cycle) + " -> " + id);
        }
        dependencies.get(id).forEach(this::add);
        path.remove(id);
        sorted.add(id);
    }
}
