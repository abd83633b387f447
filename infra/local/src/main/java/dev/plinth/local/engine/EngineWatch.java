package dev.plinth.local.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The parent of an engine that is a program of its own. It ends the engine when its standard input closes, which the
 * operating system does however the host ends, and then deletes the directory that the engine used for this run.
 *
 * <p>A Java program, since no shell does this on every system. Reads {@code DIRECTORY COMMAND...} from its arguments.
 */
public final class EngineWatch {
    private static final int LONGEST_FAREWELL_SECONDS = 5;

    private final Path directory;
    private Process engine;
    private boolean ended;

    private EngineWatch(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        EngineWatch watch = new EngineWatch(Path.of(arguments[0]));
        // Before the engine starts, or a watch that is ended in between would leave it. Runs after Ctrl-C as well, which
        // a terminal sends to every process of its group.
        Runtime.getRuntime().addShutdownHook(new Thread(watch::end, "farewell"));
        Process started = watch.start(List.of(arguments).subList(1, arguments.length));
        Thread host = new Thread(EngineWatch::awaitHostsEnd, "host-watch");
        host.setDaemon(true);
        host.start();
        System.exit(started.waitFor());
    }

    private synchronized Process start(List<String> command) throws IOException {
        if (ended) {
            throw new IOException("Ended before the engine began");
        }
        engine = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
        return engine;
    }

    private static void awaitHostsEnd() {
        try {
            while (System.in.read() >= 0) {
                // The host writes nothing; only the end counts.
            }
        } catch (IOException e) {
            System.err.println("The host's pipe broke: " + e.getMessage());
        }
        System.exit(0);
    }

    private synchronized void end() {
        ended = true;
        if (engine == null) {
            return;
        }
        List<ProcessHandle> family = Stream.concat(Stream.of(engine.toHandle()), engine.descendants()).toList();
        engine.destroy();
        try {
            if (!engine.waitFor(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                family.forEach(ProcessHandle::destroyForcibly);
                engine.waitFor();
            }
            delete(directory);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("The directory " + directory + " was not deleted: " + e);
        }
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
