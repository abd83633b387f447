package dev.plinth.local.cloud;

import java.io.PrintStream;

/** Tells the person at the laptop what is going on, a line an event. Thread-safe. */
public final class Progress {
    private final PrintStream out;
    private final long started = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    /** Prints a step of the start, with the seconds since it began. */
    void step(String text) {
        synchronized (out) {
            out.printf("%6.1f s  %s%n", (System.nanoTime() - started) / 1e9, text);
        }
    }

    /** Prints lines as they are. */
    void say(String text) {
        synchronized (out) {
            out.println(text);
        }
    }

    /** Prints a line of one part of the cloud, for example of a function. */
    void line(String source, String text) {
        synchronized (out) {
            out.println(source + " | " + text);
        }
    }
}
