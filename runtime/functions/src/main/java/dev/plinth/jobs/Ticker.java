package dev.plinth.jobs;

import java.time.Duration;

/** Does something again and again beside the work of a thread. */
interface Ticker {
    /**
     * Begins to call {@code beat}, which throws nothing, once each interval, the first time after one interval.
     */
    Ticking start(Duration interval, Runnable beat);

    /** What has begun. */
    interface Ticking extends AutoCloseable {
        /** Returns when no beat is under way and none will come. */
        @Override
        void close();
    }
}
