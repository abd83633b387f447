package dev.plinth.generator;

import dev.plinth.generator.Layout.Slot;
import dev.plinth.model.ArchitectureDefinition;
import dev.plinth.model.Component;
import dev.plinth.model.Connection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The architecture as SVG: a picture without scripts, links or fonts of its own, on a panel of its own, so that it can
 * be read on any page; whoever cannot see it is read its parts. All coordinates are whole numbers.
 */
final class Diagram {
    private static final int MARGIN = 32;
    private static final int HEAD = 72;
    private static final int BOX_HEIGHT = 56;
    private static final int LANE_HEIGHT = 20;
    private static final int ROW_GAP = 26;
    private static final int LEAST_COLUMN_GAP = 96;
    private static final int LEAST_BOX_WIDTH = 132;
    private static final int ARROW = 6;
    private static final int BOW = 44;

    /** What a character is reckoned to take, as no font is known. */
    private static final double NAME_CHARACTER = 8.6;
    private static final double LABEL_CHARACTER = 6.6;
    private static final int WIDE_CHARACTERS = 0x2E80;

    private static final String STYLE = """
              <style>
                text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
                .panel { fill: #ffffff; stroke: #d0d7de; }
                .box { fill: #f6f8fa; stroke: #57606a; stroke-width: 1.5; }
                .shown { stroke-dasharray: 5 4; }
                .name { fill: #1f2328; font-size: 14px; font-weight: 600; }
                .type, .note { fill: #57606a; font-size: 11px; }
                .title { fill: #1f2328; font-size: 18px; font-weight: 600; }
                .line { fill: none; stroke: #6e7781; stroke-width: 1.5; }
                .head { fill: #6e7781; }
                .pill { fill: #ffffff; }
                .label { fill: #1f2328; font-size: 11px; }
                .client { fill: #8250df; } .api { fill: #0969da; } .service { fill: #1a7f37; }
                .topic { fill: #bf3989; } .queue { fill: #bc4c00; } .table { fill: #9a6700; } .bucket { fill: #57606a; }
                @media (prefers-color-scheme: dark) {
                  .panel { fill: #0d1117; stroke: #30363d; }
                  .box { fill: #161b22; stroke: #8b949e; }
                  .name, .title, .label { fill: #e6edf3; }
                  .type, .note { fill: #9198a1; }
                  .line { stroke: #8b949e; }
                  .head { fill: #8b949e; }
                  .pill { fill: #0d1117; }
                }
              </style>
            """;

    private final ArchitectureDefinition architecture;
    private final String project;
    private final Layout layout;
    private final List<List<Slot>> columns;
    private final int[] lefts;
    private final int[] widths;
    private final Map<Slot, Integer> tops = new HashMap<>();
    private final Map<Port, Integer> ports = new HashMap<>();
    private final StringBuilder svg = new StringBuilder();
    private int width;
    private int height;

    Diagram(GenerationInput input) {
        this.architecture = input.architecture();
        this.project = input.project();
        this.layout = new Layout(architecture);
        this.columns = layout.columns();
        this.lefts = new int[columns.size()];
        this.widths = new int[columns.size()];
        place();
        placePorts();
    }

    String text() {
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(width).append(' ').append(height)
                .append("\" width=\"").append(width).append("\" height=\"").append(height)
                .append("\" role=\"img\" aria-labelledby=\"title desc\">\n");
        svg.append("  <title id=\"title\">").append(escaped(title())).append("</title>\n");
        svg.append("  <desc id=\"desc\">").append(escaped(description())).append("</desc>\n");
        svg.append(STYLE);
        svg.append("  <rect class=\"panel\" x=\"1\" y=\"1\" width=\"").append(width - 2).append("\" height=\"")
                .append(height - 2).append("\" rx=\"8\"/>\n");
        words("title", MARGIN, MARGIN + 8, "start", title());
        for (int i = 0; i < architecture.connections().size(); i++) {
            line(layout.routes().get(i), i);
        }
        columns.forEach(column -> column.stream().filter(slot -> slot.component != null).forEach(this::box));
        for (int i = 0; i < architecture.connections().size(); i++) {
            label(architecture.connections().get(i), layout.routes().get(i), i);
        }
        if (architecture.components().stream().anyMatch(component -> !component.type().deployed())) {
            words("note", MARGIN, height - 14, "start", "Dashed: only shown, not a resource of the template");
        }
        return svg.append("</svg>\n").toString();
    }

    private String title() {
        return project + ": " + architecture.name();
    }

    private String description() {
        String components = architecture.components().stream()
                .map(component -> word(component) + ' ' + component.id())
                .collect(Collectors.joining(", ", "Components: ", "."));
        String connections = architecture.connections().stream()
                .map(connection -> connection.from() + " to " + connection.to()
                        + (connection.label() == null ? "" : " (" + connection.label() + ")"))
                .collect(Collectors.joining(", ", " Connections: ", "."));
        return architecture.connections().isEmpty() ? components : components + connections;
    }

    private void place() {
        int tallest = columns.stream().mapToInt(Diagram::heightOf).max().orElse(0);
        int x = MARGIN;
        for (int i = 0; i < columns.size(); i++) {
            lefts[i] = x;
            widths[i] = columns.get(i).stream().filter(slot -> slot.component != null)
                    .mapToInt(slot -> width(slot.component.id(), NAME_CHARACTER) + 36)
                    .reduce(LEAST_BOX_WIDTH, Math::max);
            x += widths[i] + gapAfter(i);
            int y = HEAD + (tallest - heightOf(columns.get(i))) / 2;
            for (Slot slot : columns.get(i)) {
                tops.put(slot, y);
                y += heightOf(slot) + ROW_GAP;
            }
        }
        int last = columns.size() - 1;
        int right = lefts[last] + widths[last] + (gapAfter(last) > 0 ? gapAfter(last) : 0);
        width = Math.max(right, MARGIN + width(title(), 11)) + MARGIN;
        height = HEAD + tallest + MARGIN + 16;
    }

    /** As wide as the longest label of a line that has it there; after the last column, only what bows out of it. */
    private int gapAfter(int column) {
        int gap = column == columns.size() - 1 ? 0 : LEAST_COLUMN_GAP;
        for (int i = 0; i < layout.routes().size(); i++) {
            List<Slot> route = layout.routes().get(i);
            if (Math.min(route.get(0).column, route.get(1).column) == column) {
                String label = architecture.connections().get(i).label();
                boolean bow = route.get(0).column == route.get(1).column;
                int needed = label == null ? 0 : width(label, LABEL_CHARACTER) + 56;
                if (bow || column < columns.size() - 1) {
                    gap = Math.max(gap, bow ? Math.max(BOW, needed) : needed);
                }
            }
        }
        return gap;
    }

    /** Lines that leave a side of a box leave it one below the other, in the order of where they go. */
    private void placePorts() {
        Map<Slot, Map<Boolean, List<Port>>> sides = new HashMap<>();
        for (int i = 0; i < layout.routes().size(); i++) {
            List<Slot> route = layout.routes().get(i);
            for (int end = 0; end < 2; end++) {
                Slot slot = end == 0 ? route.get(0) : route.get(route.size() - 1);
                Slot next = end == 0 ? route.get(1) : route.get(route.size() - 2);
                sides.computeIfAbsent(slot, first -> new HashMap<>())
                        .computeIfAbsent(next.column >= slot.column, first -> new ArrayList<>())
                        .add(new Port(i, end == 0, tops.get(next)));
            }
        }
        sides.forEach((slot, bySide) -> bySide.values().forEach(side -> {
            side.sort(Comparator.comparing(Port::towards).thenComparing(Port::connection)
                    .thenComparing(Port::outgoing));
            for (int k = 0; k < side.size(); k++) {
                ports.put(side.get(k), tops.get(slot) + BOX_HEIGHT * (k + 1) / (side.size() + 1));
            }
        }));
    }

    private void line(List<Slot> route, int connection) {
        List<int[]> points = points(route, connection);
        StringBuilder path = new StringBuilder("M" + points.get(0)[0] + ' ' + points.get(0)[1]);
        if (isBow(route)) {
            int x = Math.max(points.get(0)[0], points.get(1)[0]) + BOW;
            path.append(" C").append(x).append(' ').append(points.get(0)[1]).append(' ').append(x).append(' ')
                    .append(points.get(1)[1]).append(' ').append(points.get(1)[0]).append(' ')
                    .append(points.get(1)[1]);
        } else {
            for (int i = 1; i < points.size(); i++) {
                int[] from = points.get(i - 1);
                int[] to = points.get(i);
                if (i % 2 == 0) {
                    path.append(" L").append(to[0]).append(' ').append(to[1]);
                } else {
                    int middle = (from[0] + to[0]) / 2;
                    path.append(" C").append(middle).append(' ').append(from[1]).append(' ').append(middle)
                            .append(' ').append(to[1]).append(' ').append(to[0]).append(' ').append(to[1]);
                }
            }
        }
        svg.append("  <path class=\"line\" d=\"").append(path).append("\"/>\n");
        int[] end = points.get(points.size() - 1);
        int back = isBow(route) || route.get(0).column > route.get(1).column ? ARROW : -ARROW;
        svg.append("  <path class=\"head\" d=\"M").append(end[0]).append(' ').append(end[1])
                .append(" l").append(back * 3 / 2).append(' ').append(-ARROW * 2 / 3)
                .append(" v").append(ARROW * 4 / 3).append(" z\"/>\n");
    }

    /** Two points a hop: where it leaves a column, and where it reaches the next one. */
    private List<int[]> points(List<Slot> route, int connection) {
        List<int[]> points = new ArrayList<>();
        for (int i = 1; i < route.size(); i++) {
            Slot from = route.get(i - 1);
            Slot to = route.get(i);
            boolean rightwards = to.column > from.column;
            int leaves = i == 1 ? port(route, connection, true) : middle(from);
            int reaches = i == route.size() - 1 ? port(route, connection, false) : middle(to);
            points.add(new int[] {rightwards || isBow(route) ? right(from) : lefts[from.column], leaves});
            points.add(new int[] {rightwards ? lefts[to.column] : right(to), reaches});
        }
        return points;
    }

    private int port(List<Slot> route, int connection, boolean outgoing) {
        Slot next = outgoing ? route.get(1) : route.get(route.size() - 2);
        return ports.get(new Port(connection, outgoing, tops.get(next)));
    }

    private void box(Slot slot) {
        Component component = slot.component;
        String type = component.type().name().toLowerCase(Locale.ROOT);
        int x = lefts[slot.column];
        int y = tops.get(slot);
        int boxWidth = widths[slot.column];
        svg.append("  <rect class=\"box").append(component.type().deployed() ? "" : " shown").append("\" x=\"")
                .append(x).append("\" y=\"").append(y).append("\" width=\"").append(boxWidth).append("\" height=\"")
                .append(BOX_HEIGHT).append("\" rx=\"6\"/>\n");
        svg.append("  <rect class=\"").append(type).append("\" x=\"").append(x).append("\" y=\"").append(y)
                .append("\" width=\"6\" height=\"").append(BOX_HEIGHT).append("\" rx=\"3\"/>\n");
        words("type", x + boxWidth / 2, y + 20, "middle", word(component));
        words("name", x + boxWidth / 2, y + 40, "middle", component.id());
    }

    private void label(Connection connection, List<Slot> route, int index) {
        if (connection.label() == null) {
            return;
        }
        List<int[]> points = points(route, index);
        int labelWidth = width(connection.label(), LABEL_CHARACTER) + 12;
        int x = (points.get(0)[0] + points.get(1)[0]) / 2 + (isBow(route) ? BOW / 2 + labelWidth / 2 - 12 : 0);
        int y = (points.get(0)[1] + points.get(1)[1]) / 2;
        svg.append("  <rect class=\"pill\" x=\"").append(x - labelWidth / 2).append("\" y=\"").append(y - 9)
                .append("\" width=\"").append(labelWidth).append("\" height=\"18\" rx=\"9\"/>\n");
        words("label", x, y + 4, "middle", connection.label());
    }

    private void words(String style, int x, int y, String anchor, String words) {
        svg.append("  <text class=\"").append(style).append("\" x=\"").append(x).append("\" y=\"").append(y)
                .append("\" text-anchor=\"").append(anchor).append("\">").append(escaped(words)).append("</text>\n");
    }

    private static String word(Component component) {
        return switch (component.type()) {
            case API -> "API";
            default -> component.type().name().charAt(0)
                    + component.type().name().substring(1).toLowerCase(Locale.ROOT);
        };
    }

    private static boolean isBow(List<Slot> route) {
        return route.get(0).column == route.get(1).column;
    }

    private int right(Slot slot) {
        return lefts[slot.column] + widths[slot.column];
    }

    private int middle(Slot slot) {
        return tops.get(slot) + heightOf(slot) / 2;
    }

    private static int heightOf(List<Slot> column) {
        return column.stream().mapToInt(Diagram::heightOf).sum() + ROW_GAP * (column.size() - 1);
    }

    private static int heightOf(Slot slot) {
        return slot.component == null ? LANE_HEIGHT : BOX_HEIGHT;
    }

    private static int width(String words, double character) {
        return (int) Math.ceil(words.codePoints().map(point -> point >= WIDE_CHARACTERS ? 2 : 1).sum() * character);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** Where a line meets a box: the line, which of its ends it is, and the height that it comes from. */
    private record Port(int connection, boolean outgoing, int towards) {
    }
}
