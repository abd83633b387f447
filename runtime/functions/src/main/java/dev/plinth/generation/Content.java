package dev.plinth.generation;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes that can be written any number of times, each time the same. */
@FunctionalInterface
interface Content {
    /** Writes all of them, and leaves the stream open. */
    void writeTo(OutputStream stream) throws IOException;
}
