package dev.plinth.demo;

import java.io.PrintStream;
import java.util.Set;
import java.util.TreeSet;

/** Prints a line for each step, and counts. Not thread-safe. */
final class Report {
    private static final int TITLE = 62;
    private static final int ROUTE = 32;

    private final PrintStream out;
    private final long started = System.nanoTime();
    private final Set<String> routes = new TreeSet<>();
    private int steps;
    private int broken;

    Report(PrintStream out) {
        this.out = out;
    }

    void chapter(String title) {
        out.println();
        out.println(title);
    }

    /** Notes an answer that is as promised. */
    void kept(String what, Call call, Answer answer) {
        line("ok", what, call, answer);
    }

    /** Notes an answer that is not; whoever ends the story for it says why. */
    void broken(String what, Call call, Answer answer) {
        line("BROKEN", what, call, answer);
    }

    /** Counts something that is not as promised, and says why. */
    void broken(String what, String why) {
        broken++;
        out.println("  BROKEN  " + what + ": " + why);
    }

    private void line(String outcome, String what, Call call, Answer answer) {
        steps++;
        routes.add(call.route());
        out.printf("  %-6s  %-" + TITLE + "s  %-" + ROUTE + "s %d %6d ms%n",
                outcome, what, call.route(), answer.status(), answer.millis());
    }

    Set<String> routes() {
        return Set.copyOf(routes);
    }

    /** Prints the figures; returns whether everything was as promised. */
    boolean summary(int routesOfTheContract) {
        out.println();
        out.printf("%d steps over %d of %d routes in %.1f s. %s%n", steps, routes.size(), routesOfTheContract,
                (System.nanoTime() - started) / 1e9,
                broken == 0 ? "Everything is as promised." : broken + " not as promised.");
        return broken == 0;
    }
}
