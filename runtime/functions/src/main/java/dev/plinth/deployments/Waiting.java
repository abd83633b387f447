package dev.plinth.deployments;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
interface Waiting {
    void pause(Duration time);
}
