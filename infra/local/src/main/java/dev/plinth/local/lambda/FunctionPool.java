package dev.plinth.local.lambda;

import dev.plinth.local.lambda.Outcome.Failed;
import dev.plinth.local.lambda.Outcome.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The processes of one function. The first event starts the first one; an event that finds all of them busy starts another.
 * Two limits end that. Where the function's reserved concurrency is the smaller one, an event beyond it is refused at once,
 * as Lambda throttles it. Where it is what the laptop's memory is good for, an event waits for its turn: Lambda would have
 * started another process. Thread-safe.
 */
public final class FunctionPool {
    /** API Gateway gives up on an integration after 30 s. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final FunctionDefinition function;
    private final FunctionCode code;
    private final RuntimeApi api;
    private final ProcessLauncher launcher;
    private final int limit;
    private final boolean throttles;
    private final Consumer<String> log;

    private final ReentrantLock lock = new ReentrantLock();
    /** Events that wait for a process, each by a condition of its own, so that they get one in the order of their arrival. */
    private final Deque<Condition> waiting = new ArrayDeque<>();
    private final Deque<FunctionProcess> idle = new ArrayDeque<>();
    private final List<FunctionProcess> all = new ArrayList<>();
    private final List<FunctionProcess> starting = new ArrayList<>();
    /** Starts that are under way, from the decision on; {@link #starting} holds those whose process exists. */
    private int placesTaken;
    private boolean closed;
    private int starts;
    private final AtomicLong invocations = new AtomicLong();

    /** @param processes the most processes of one function that the laptop is to run */
    FunctionPool(FunctionDefinition function, FunctionCode code, RuntimeApi api, ProcessLauncher launcher, int processes,
                 Consumer<String> log) {
        this.function = function;
        this.code = code;
        this.api = api;
        this.launcher = launcher;
        int reserved = function.reservedConcurrency().orElse(Integer.MAX_VALUE);
        this.limit = Math.min(processes, reserved);
        this.throttles = reserved <= processes;
        this.log = log;
    }

    public FunctionDefinition function() {
        return function;
    }

    /** Returns how many events are served at once. */
    public int limit() {
        return limit;
    }

    /** Serves one event, in a process that is idle or is started for it. */
    public Outcome invoke(byte[] payload) throws InterruptedException {
        invocations.incrementAndGet();
        while (true) {
            Optional<Outcome> outcome = offer(payload);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
    }

    /** Gives an event to a process; returns nothing when that process turned out to have died while it was idle. */
    private Optional<Outcome> offer(byte[] payload) throws InterruptedException {
        FunctionProcess process;
        try {
            process = acquire();
        } catch (RuntimeSession.StartException e) {
            log.accept("Not started: " + e.getMessage());
            return Optional.of(new Failed(Kind.DID_NOT_START, e.getMessage()));
        }
        if (process == null) {
            return Optional.of(new Failed(Kind.NO_CAPACITY, throttles
                    ? function.name() + " is throttled: its reserved concurrency is " + limit
                    : "All " + limit + " processes of " + function.name() + " stayed busy for "
                            + LONGEST_WAIT.toSeconds() + " s"));
        }
        try {
            return process.invoke(payload);
        } finally {
            release(process);
        }
    }

    /** Returns a process, or null when none may serve the event. */
    private FunctionProcess acquire() throws InterruptedException {
        lock.lock();
        try {
            if (!waiting.isEmpty() || !hasRoom()) {
                if (throttles || !awaitTurn()) {
                    return null;
                }
            }
            refuseWhenClosed();
            FunctionProcess process = idle.pollFirst();
            if (process != null) {
                return process;
            }
            placesTaken++;
        } finally {
            lock.unlock();
        }
        return startOne();
    }

    /** Tells whether an event could be served now, and forgets the processes that died while they were idle. */
    private boolean hasRoom() {
        List<FunctionProcess> dead = idle.stream().filter(process -> !process.isAlive()).toList();
        idle.removeAll(dead);
        all.removeAll(dead);
        return closed || !idle.isEmpty() || all.size() + placesTaken < limit;
    }

    private boolean awaitTurn() throws InterruptedException {
        Condition turn = lock.newCondition();
        waiting.addLast(turn);
        try {
            long left = LONGEST_WAIT.toNanos();
            while (waiting.peekFirst() != turn || !hasRoom()) {
                if (left <= 0) {
                    return false;
                }
                left = turn.awaitNanos(left);
            }
            return true;
        } finally {
            waiting.remove(turn);
            callNext();
        }
    }

    /** Wakes the event that has waited longest; it looks by itself whether there is room. */
    private void callNext() {
        if (!waiting.isEmpty()) {
            waiting.peekFirst().signal();
        }
    }

    /** Starts a process that waits for an event; returns the time from its start until it asked for one. */
    public Duration startAhead() throws InterruptedException {
        lock.lock();
        try {
            placesTaken++;
        } finally {
            lock.unlock();
        }
        FunctionProcess process = startOne();
        release(process);
        return process.startTime();
    }

    private FunctionProcess startOne() throws InterruptedException {
        FunctionProcess process = null;
        boolean ready = false;
        try {
            process = start(code.archiveFlags(function));
            begun(process);
            process.awaitReady();
            ready = true;
            return process;
        } catch (IOException e) {
            throw new RuntimeSession.StartException("The JVM of " + function.name() + " could not be started: " + e.getMessage());
        } finally {
            lock.lock();
            try {
                placesTaken--;
                starting.remove(process);
                if (ready) {
                    starts++;
                    all.add(process);
                } else if (process != null) {
                    process.kill();
                }
                callNext();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Makes a starting process known to whoever closes or kills. */
    private void begun(FunctionProcess process) {
        lock.lock();
        try {
            refuseWhenClosed();
            starting.add(process);
        } finally {
            lock.unlock();
        }
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new RuntimeSession.StartException("The laptop's cloud is shutting down");
        }
    }

    private FunctionProcess start(List<String> archiveFlags) throws IOException {
        return FunctionProcess.start(function, api,
                runtimeApi -> launcher.launch(function, code, archiveFlags, runtimeApi), log);
    }

    private void release(FunctionProcess process) {
        lock.lock();
        try {
            if (process.isAlive()) {
                idle.addFirst(process);
            } else {
                all.remove(process);
            }
            callNext();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a class archive shortens the start of this function's processes. */
    public boolean hasArchive() {
        return code.hasArchive(function);
    }

    /**
     * Starts a process, lets it run its checkpoint's hooks, and has it write its class archive as it exits.
     *
     * @return how long that took
     * @throws IOException if the function does not start or the JVM leaves no archive
     */
    public Duration makeArchive() throws IOException, InterruptedException {
        long started = System.nanoTime();
        FunctionProcess process = start(code.trainingFlags(function));
        try {
            process.awaitReady();
        } catch (RuntimeSession.StartException e) {
            throw new IOException(e.getMessage());
        }
        process.awaitExit();
        if (!hasArchive()) {
            throw new IOException("The JVM left no class archive for " + function.name() + " in " + code.directory());
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** A process as the console page shows it. */
    public record ProcessView(long pid, boolean idle, long startMillis) {
    }

    /**
     * The pool as the console page shows it.
     *
     * @param waiting events that found every process busy
     */
    public record View(List<ProcessView> processes, int starts, long invocations, int waiting) {
    }

    public View view() {
        lock.lock();
        try {
            List<ProcessView> processes = all.stream().filter(FunctionProcess::isAlive)
                    .map(p -> new ProcessView(p.pid(), idle.contains(p), p.startTime().toMillis())).toList();
            return new View(processes, starts, invocations.get(), waiting.size());
        } finally {
            lock.unlock();
        }
    }

    /** Kills every process at once, as a crash would; returns how many there were. */
    public int killAll() {
        lock.lock();
        try {
            List<FunctionProcess> alive = Stream.concat(starting.stream(), all.stream()).filter(FunctionProcess::isAlive).toList();
            alive.forEach(FunctionProcess::kill);
            return alive.size();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        List<FunctionProcess> toStop;
        lock.lock();
        try {
            closed = true;
            starting.forEach(FunctionProcess::kill);
            toStop = List.copyOf(all);
            waiting.forEach(Condition::signal);
        } finally {
            lock.unlock();
        }
        toStop.parallelStream().forEach(FunctionProcess::stop);
    }
}
