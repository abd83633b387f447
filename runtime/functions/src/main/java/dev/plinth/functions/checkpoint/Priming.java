package dev.plinth.functions.checkpoint;

/**
 * Loads a path that the requests sent before the checkpoint do not reach, for example a write. Called once, before
 * the checkpoint, on the thread that starts the function.
 *
 * <p>It runs when a version is published, against the stage's own tables: it must not change anything that a caller
 * can see. What it throws is logged and does not stop the checkpoint.
 */
public interface Priming {
    void prime();
}
