package dev.plinth.local.cloud;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the build laid beside this program's jar.
 *
 * @param nativeLibraries directory of SQLite's native libraries, for DynamoDB Local
 * @param functionRuntime the jars that a function's process needs besides its own, in class path order
 */
record Installation(Path nativeLibraries, List<Path> functionRuntime) {
    static Installation find() throws IOException {
        try {
            Path target = Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI()).getParent();
            Path runtime = target.resolve("function-runtime");
            if (!Files.isDirectory(runtime)) {
                throw new LaptopCloud.StartException("The directory " + runtime + " is missing. Build it with: make build");
            }
            try (Stream<Path> jars = Files.list(runtime)) {
                // Ours first: it replaces a class of Lambda's client that is native.
                Comparator<Path> oursFirst = Comparator.comparing(jar -> !jar.getFileName().toString().endsWith("-bootstrap.jar"));
                return new Installation(target.resolve("native"), jars.sorted(oursFirst.thenComparing(Path::toString)).toList());
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The place of this program is a path", e);
        }
    }
}
