package dev.plinth.generator;

import dev.plinth.model.ArchitectureDefinition;
import dev.plinth.model.Component;
import dev.plinth.model.ComponentType;
import dev.plinth.model.Connection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the components of a diagram stand. Their types give the column, and a connection that crosses a column has a
 * slot of its own in it, so that no line runs beneath a box. Rows are ordered so that lines cross little: each slot
 * goes to the mean of its neighbours, column by column, there and back (Sugiyama, Tagawa and Toda, 1981).
 */
final class Layout {
    private static final int SWEEPS = 6;

    private static final List<Set<ComponentType>> TIERS = List.of(
            Set.of(ComponentType.CLIENT),
            Set.of(ComponentType.API),
            Set.of(ComponentType.SERVICE),
            Set.of(ComponentType.TOPIC),
            Set.of(ComponentType.QUEUE),
            Set.of(ComponentType.TABLE, ComponentType.BUCKET));

    private final List<List<Slot>> columns = new ArrayList<>();
    private final List<List<Slot>> routes = new ArrayList<>();
    private final Map<Slot, List<Slot>> neighbours = new HashMap<>();

    Layout(ArchitectureDefinition architecture) {
        Map<String, Slot> slots = new HashMap<>();
        for (Set<ComponentType> tier : TIERS) {
            List<Slot> column = new ArrayList<>();
            architecture.components().stream().filter(component -> tier.contains(component.type()))
                    .forEach(component -> {
                        Slot slot = new Slot(columns.size(), component);
                        slots.put(component.id(), slot);
                        column.add(slot);
                    });
            if (!column.isEmpty()) {
                columns.add(column);
            }
        }
        for (Connection connection : architecture.connections()) {
            routes.add(route(slots.get(connection.from()), slots.get(connection.to())));
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean forth = sweep % 2 == 0;
            for (int i = 1; i < columns.size(); i++) {
                order(forth ? i : columns.size() - 1 - i, forth ? -1 : 1);
            }
        }
    }

    /** Returns the columns from left to right, each from top to bottom. */
    List<List<Slot>> columns() {
        return columns;
    }

    /** Returns the slots that each connection passes, from its beginning to its end, in the order of connections. */
    List<List<Slot>> routes() {
        return routes;
    }

    private List<Slot> route(Slot from, Slot to) {
        List<Slot> route = new ArrayList<>(List.of(from));
        int step = Integer.compare(to.column, from.column);
        if (step != 0) {
            for (int column = from.column + step; column != to.column; column += step) {
                Slot lane = new Slot(column, null);
                columns.get(column).add(lane);
                route.add(lane);
            }
        }
        route.add(to);
        for (int i = 1; i < route.size(); i++) {
            neighbours.computeIfAbsent(route.get(i - 1), first -> new ArrayList<>()).add(route.get(i));
            neighbours.computeIfAbsent(route.get(i), first -> new ArrayList<>()).add(route.get(i - 1));
        }
        return route;
    }

    /** Sorts a column by the mean row of the neighbours in the column beside it; without any, a slot stays. */
    private void order(int column, int beside) {
        List<Slot> slots = columns.get(column);
        Map<Slot, Double> wanted = new HashMap<>();
        for (Slot slot : slots) {
            List<Slot> others = columns.get(column + beside);
            wanted.put(slot, neighbours.getOrDefault(slot, List.of()).stream()
                    .filter(other -> other.column == column + beside)
                    .mapToDouble(other -> (others.indexOf(other) + 0.5) / others.size())
                    .average().orElse((slots.indexOf(slot) + 0.5) / slots.size()));
        }
        slots.sort(Comparator.comparing(wanted::get));
    }

    /** A place in a column: for a component, or, where that is null, for a line that passes. Each is itself alone. */
    static final class Slot {
        final int column;
        final Component component;

        Slot(int column, Component component) {
            this.column = column;
            this.component = component;
        }
    }
}
