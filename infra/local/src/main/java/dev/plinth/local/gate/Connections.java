package dev.plinth.local.gate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts who is connected. Thread-safe. */
final class Connections {
    private static final int CURRENT = 0;
    private static final int PEAK = 1;
    private static final int TOTAL = 2;
    private static final int REFUSED = 3;
    private static final int USERS_KEPT = 200;

    private final Map<String, int[]> byUser = new TreeMap<>();

    synchronized void opened(String user) {
        int[] counts = of(user);
        counts[CURRENT]++;
        counts[TOTAL]++;
        counts[PEAK] = Math.max(counts[PEAK], counts[CURRENT]);
    }

    synchronized void closed(String user) {
        of(user)[CURRENT]--;
    }

    synchronized void refused(String user) {
        of(user)[REFUSED]++;
    }

    synchronized List<Gate.UserView> view() {
        return byUser.entrySet().stream().map(entry -> new Gate.UserView(entry.getKey(), entry.getValue()[CURRENT],
                entry.getValue()[PEAK], entry.getValue()[TOTAL], entry.getValue()[REFUSED])).toList();
    }

    /** A client may claim any name: the names of strangers are not kept without bound. */
    private int[] of(String user) {
        String known = byUser.containsKey(user) || byUser.size() < USERS_KEPT ? user : "others";
        return byUser.computeIfAbsent(known, name -> new int[4]);
    }
}
