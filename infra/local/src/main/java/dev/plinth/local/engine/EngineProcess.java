package dev.plinth.local.engine;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** An engine that is a program of its own, under an {@link EngineWatch}. */
final class EngineProcess implements Closeable {
    private static final int LONGEST_START_SECONDS = 30;
    private static final int LONGEST_FAREWELL_SECONDS = 10;
    private static final int LINES_KEPT = 20;

    private final String name;
    private final Path directory;
    private final Process watch;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Deque<String> lastLines = new ArrayDeque<>();
    private volatile List<ProcessHandle> family = List.of();

    private EngineProcess(String name, Path directory, Process watch) {
        this.name = name;
        this.directory = directory;
        this.watch = watch;
    }

    /**
     * Starts an engine and waits until it serves.
     *
     * @param name      for messages
     * @param directory where it runs; deleted when it has ended
     * @param serves    matches the line by which the engine says that it serves
     * @throws IOException if it does not; the message holds its last lines
     */
    static EngineProcess start(String name, Path directory, List<String> command, Pattern serves) throws IOException {
        List<String> watched = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx16m", "-cp", ownCode(), EngineWatch.class.getName(),
                directory.toString()));
        watched.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(watched).redirectErrorStream(true);
        // PostgreSQL reads settings from variables such as PGPORT; LC_ALL keeps its messages in the words that are read
        // here.
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        EngineProcess process = new EngineProcess(name, directory, builder.start());
        Thread reader = new Thread(() -> process.readOutput(serves), "output of " + name);
        reader.setDaemon(true);
        reader.start();
        try {
            process.awaitReady();
            return process;
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    /**
     * Waits for the engine of a former run that is still on its way out, as after its host was killed, and removes its
     * file. The caller holds the lock of the directory, so no other cloud is at work in it.
     *
     * @param program part of the program's name, by which it is told from another one that has got its number since
     * @param pidFile where the engine wrote its process's number; need not be there
     */
    static void awaitEndOfFormer(String program, Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readString(pidFile).lines().findFirst().orElse("0").strip());
        Optional<ProcessHandle> former = ProcessHandle.of(pid)
                .filter(process -> process.info().command().orElse("").contains(program));
        if (former.isPresent()) {
            try {
                former.get().onExit().get(LONGEST_START_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("The engine of a former run, process " + pid + ", does not end", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while waiting for process " + pid, e);
            }
        }
        Files.deleteIfExists(pidFile);
    }

    private static String ownCode() throws IOException {
        try {
            return Path.of(EngineWatch.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IOException("The place of this program is no path", e);
        }
    }

    private void readOutput(Pattern serves) {
        try (BufferedReader lines = watch.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                remember(line);
                if (serves.matcher(line).find()) {
                    ready.complete(null);
                }
            }
        } catch (IOException e) {
            remember("its output cannot be read: " + e.getMessage());
        }
        ready.completeExceptionally(new IOException(name + " ended"));
    }

    private void remember(String line) {
        synchronized (lastLines) {
            lastLines.addLast(line);
            if (lastLines.size() > LINES_KEPT) {
                lastLines.removeFirst();
            }
        }
    }

    private void awaitReady() throws IOException {
        try {
            ready.get(LONGEST_START_SECONDS, TimeUnit.SECONDS);
            family = watch.descendants().toList();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(name + " does not serve. Its last words:\n" + lastWords(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + name + " started", e);
        }
    }

    private String lastWords() {
        synchronized (lastLines) {
            return String.join("\n", lastLines).indent(2);
        }
    }

    /** Returns the processes of the engine and of its watch, as they were when it began to serve. */
    List<ProcessHandle> processes() {
        List<ProcessHandle> all = new ArrayList<>(family);
        all.add(watch.toHandle());
        return all;
    }

    @Override
    public void close() throws IOException {
        try {
            watch.outputWriter().close();
        } catch (IOException e) {
            remember("its watch was gone: " + e.getMessage());
        }
        try {
            if (!watch.waitFor(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                watch.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // What is left when the watch itself was killed.
        family.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
        if (Files.exists(directory)) {
            EngineWatch.delete(directory);
        }
    }
}
