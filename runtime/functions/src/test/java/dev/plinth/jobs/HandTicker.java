package dev.plinth.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Beats when a test says so. */
final class HandTicker implements Ticker {
    private final List<Runnable> beating = new ArrayList<>();

    @Override
    public Ticking start(Duration interval, Runnable beat) {
        beating.add(beat);
        return () -> beating.remove(beat);
    }

    void beat() {
        List.copyOf(beating).forEach(Runnable::run);
    }

    int beating() {
        return beating.size();
    }
}
