package dev.plinth.local.lambda;

import dev.plinth.local.lambda.Outcome.Failed;
import dev.plinth.local.lambda.Outcome.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One process of a function. It serves one event at a time; its pool sees to that. */
final class FunctionProcess {
    /** Lambda gives an on-demand start 10 s; a laptop without a class archive, at work on other things, needs more. */
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(3);

    private final FunctionDefinition function;
    private final RuntimeSession session;
    private final Process process;
    private final long startedNanos = System.nanoTime();
    private volatile Duration startTime;
    private volatile boolean ending;

    private FunctionProcess(FunctionDefinition function, RuntimeSession session, Process process) {
        this.function = function;
        this.session = session;
        this.process = process;
    }

    /** Starts the process; {@link #awaitReady} tells when it serves. */
    static FunctionProcess start(FunctionDefinition function, RuntimeApi api, ProcessStarter starter, Consumer<String> log)
            throws IOException {
        RuntimeSession session = new RuntimeSession();
        Process process = starter.start(api.open(session));
        FunctionProcess started = new FunctionProcess(function, session, process);
        Thread reader = new Thread(() -> started.copyOutput(log), "output of " + function.name());
        reader.setDaemon(true);
        reader.start();
        process.onExit().thenAccept(ended -> {
            api.forget(session);
            session.exited(ended.exitValue());
        });
        return started;
    }

    /** Starts a process whose Runtime API is at the given endpoint. */
    interface ProcessStarter {
        Process start(String runtimeApi) throws IOException;
    }

    private void copyOutput(Consumer<String> log) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.accept(line);
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                log.accept("The output of process " + process.pid() + " cannot be read any more: " + e.getMessage());
            }
        }
    }

    /** Waits until the process asks for its first event; throws {@link RuntimeSession.StartException} if it does not. */
    void awaitReady() throws InterruptedException {
        try {
            session.ready().get(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS);
            startTime = Duration.ofNanos(System.nanoTime() - startedNanos);
        } catch (ExecutionException e) {
            kill();
            throw new RuntimeSession.StartException(e.getCause().getMessage());
        } catch (TimeoutException e) {
            kill();
            throw new RuntimeSession.StartException("The process was not ready after " + LONGEST_START.toSeconds() + " s");
        }
    }

    /** Serves an event; returns nothing when the process was gone before it could have had the event. */
    Optional<Outcome> invoke(byte[] payload) throws InterruptedException {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        boolean begun = session.begin(new RuntimeSession.Invocation(
                UUID.randomUUID().toString(),
                function.arn() + ":live",
                "Root=1-" + Long.toHexString(System.currentTimeMillis() / 1000) + "-" + hex24() + ";Sampled=0",
                System.currentTimeMillis() + function.timeout().toMillis(),
                payload,
                outcome));
        if (!begun) {
            return Optional.empty();
        }
        try {
            return Optional.of(outcome.get(function.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            kill();
            return Optional.of(new Failed(Kind.TIMED_OUT,
                    "No answer after " + function.timeout().toSeconds() + " s, the function's timeout"));
        } catch (InterruptedException e) {
            // The event is still at work in there, so the process can take no other one.
            kill();
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("An outcome is never completed with an exception", e);
        }
    }

    private static String hex24() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }

    /** Whether the process can serve. One that was told to end cannot, though the system may list it for a moment. */
    boolean isAlive() {
        return !ending && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Returns how long the process took from its start until it asked for its first event; null until then. */
    Duration startTime() {
        return startTime;
    }

    void kill() {
        ending = true;
        process.destroyForcibly();
    }

    /** Lets the process exit by itself, as the end of its standard input tells it to; ends it if it does not. */
    void stop() {
        ending = true;
        try {
            process.outputWriter().close();
            if (process.waitFor(LONGEST_FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (IOException e) {
            // The pipe is gone, so the process is as well, or it must be ended by force.
            process.destroyForcibly();
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    /** Lets the process exit by itself, however long it takes to write its class archive. */
    void awaitExit() throws IOException, InterruptedException {
        process.outputWriter().close();
        process.waitFor();
    }
}
