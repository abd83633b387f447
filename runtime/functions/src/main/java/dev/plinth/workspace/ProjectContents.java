package dev.plinth.workspace;

import java.util.UUID;

/** What is in a project and goes with it. The feature that keeps it implements this. */
public interface ProjectContents {
    /**
     * Removes everything that is in a project whose deletion has begun, in bounded parts. It can be repeated, and finds
     * out by itself what is left to do.
     *
     * @throws dev.plinth.failure.Failure UNAVAILABLE when a table throttles or does not answer; the next call goes on
     */
    void remove(UUID project);
}
