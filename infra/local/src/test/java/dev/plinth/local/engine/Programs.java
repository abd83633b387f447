package dev.plinth.local.engine;

import java.nio.file.Path;

/** Where the engines' programs are unpacked for tests: once for all of them. */
public final class Programs {
    public static final Path STORE = Path.of("target", "engines");

    private Programs() {
    }
}
