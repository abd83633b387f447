package dev.plinth.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.lambda.Outcome.Failed;
import dev.plinth.local.lambda.Outcome.Kind;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The state that one process and the host share through the Runtime API. One event is under way at most. Thread-safe.
 */
final class RuntimeSession {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String id = UUID.randomUUID().toString();
    /** An empty entry tells whoever waits that the process is gone. */
    private final BlockingQueue<Optional<Invocation>> queue = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private Invocation current;
    private boolean gone;

    /**
     * @param deadlineMillis milliseconds since the epoch
     * @param outcome        completed once, by the answer, the failure or the end of the process
     */
    record Invocation(String requestId, String functionArn, String traceId, long deadlineMillis, byte[] payload,
                      CompletableFuture<Outcome> outcome) {
    }

    /** A process that ended or reported an error before it was ready. */
    static final class StartException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StartException(String message) {
            super(message);
        }
    }

    String id() {
        return id;
    }

    /** Completes when the process first asks for an event, or fails with a {@link StartException}. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Hands an event to the process; returns false, and keeps nothing, when the process is known to be gone. */
    synchronized boolean begin(Invocation invocation) {
        if (gone) {
            return false;
        }
        current = invocation;
        queue.add(Optional.of(invocation));
        return true;
    }

    /** Waits for the next event; returns nothing when the process has ended meanwhile. */
    Optional<Invocation> awaitNext() throws InterruptedException {
        ready.complete(null);
        Optional<Invocation> next = queue.take();
        if (next.isEmpty()) {
            // Whoever asks again, as an HTTP client does when its connection breaks, must not wait for ever.
            queue.add(next);
        }
        return next;
    }

    /** The hooks before the checkpoint have run; on the laptop the process goes on at once. */
    void restored() {
        // Nothing to wait for: the process exists because an event waits for it.
    }

    void answered(String requestId, byte[] payload) {
        end(requestId, new Outcome.Answered(payload));
    }

    void threw(String requestId, String description) {
        end(requestId, new Failed(Kind.THREW, "The handler failed: " + withoutTrace(description)));
    }

    void didNotStart(String description) {
        ready.completeExceptionally(new StartException("The handler did not start: " + withoutTrace(description)));
    }

    /** Returns message and type of a failure. The process has printed its trace, and a person reads this. */
    private static String withoutTrace(String description) {
        try {
            JsonNode failure = JSON.readTree(description);
            return failure.has("errorMessage")
                    ? failure.path("errorMessage").asText() + " (" + failure.path("errorType").asText() + ")" : description;
        } catch (JsonProcessingException e) {
            return description;
        }
    }

    synchronized void exited(int status) {
        gone = true;
        ready.completeExceptionally(new StartException("The process ended with status " + status + " before it was ready"));
        queue.add(Optional.empty());
        if (current != null) {
            current.outcome().complete(new Failed(Kind.DIED, "The process ended with status " + status));
        }
    }

    private synchronized void end(String requestId, Outcome outcome) {
        if (current != null && current.requestId().equals(requestId)) {
            current.outcome().complete(outcome);
            current = null;
        }
    }
}
