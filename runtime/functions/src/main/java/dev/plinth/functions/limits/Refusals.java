package dev.plinth.functions.limits;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whom this process has refused in the current window. A count only grows, so who is refused once is refused until the
 * window ends, and need not be counted again: a caller who hammers costs no writes. Thread-safe.
 */
final class Refusals {
    /** So many refused callers are an attack; what is not remembered is counted in the table. */
    private static final int MOST = 10_000;

    private record Remembered(Window window, Set<String> refused) {
    }

    private volatile Remembered remembered = new Remembered(new Window(0), Set.of());

    void add(String refused, Window window) {
        Set<String> known = of(window);
        if (known.size() < MOST) {
            known.add(refused);
        }
    }

    boolean contains(String refused, Window window) {
        Remembered current = remembered;
        return current.window().equals(window) && current.refused().contains(refused);
    }

    private synchronized Set<String> of(Window window) {
        if (!remembered.window().equals(window)) {
            remembered = new Remembered(window, ConcurrentHashMap.newKeySet());
        }
        return remembered.refused();
    }
}
