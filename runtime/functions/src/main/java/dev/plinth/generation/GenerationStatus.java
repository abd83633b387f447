package dev.plinth.generation;

/** Where a code generation stands. */
enum GenerationStatus {
    /** No worker has taken it on yet. */
    QUEUED,

    /** A worker has taken it on. */
    RUNNING,

    /** Its archive, diagram and template are stored. */
    SUCCEEDED,

    /** It has ended without them. */
    FAILED
}
