package dev.plinth.local.journal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What happened lately, for the console page and for tests: calls, denials, requests, authorizations and invocations,
 * newest first, and the permissions that each role has used since the start. Keeps a bounded number of each. Thread-safe.
 */
public final class Journal {
    private static final int KEPT = 500;

    private final Deque<Call> calls = new ArrayDeque<>();
    private final Deque<Denial> denials = new ArrayDeque<>();
    private final Deque<HttpRequest> requests = new ArrayDeque<>();
    private final Deque<Authorization> authorizations = new ArrayDeque<>();
    private final Deque<Invocation> invocations = new ArrayDeque<>();
    private final Map<String, Map<String, Long>> used = new TreeMap<>();

    /** A call that was let through. */
    public record Call(Instant time, String caller, String name, int status, double millis) {
    }

    /** A call that was denied, with the explanation for a developer. */
    public record Denial(Instant time, String caller, String name, String explanation) {
    }

    /** A request of the HTTP API. */
    public record HttpRequest(Instant time, String method, String path, int status, double millis, Optional<String> problem) {
    }

    /**
     * What an authorizer was asked, or was not since the answer was known.
     *
     * @param result what came of it, in words
     */
    public record Authorization(Instant time, String routeKey, String function, String result, double millis) {
    }

    /**
     * A function that a queue or a schedule called.
     *
     * @param cause  for example {@code queue Jobs}
     * @param result what came of it, in words
     */
    public record Invocation(Instant time, String cause, String function, String result, double millis) {
    }

    /** A permission used by a role, and how often. */
    public record Use(String role, String permission, long times) {
    }

    public synchronized void add(Call call) {
        keep(calls, call);
    }

    public synchronized void add(Denial denial) {
        keep(denials, denial);
    }

    public synchronized void add(HttpRequest request) {
        keep(requests, request);
    }

    public synchronized void add(Authorization authorization) {
        keep(authorizations, authorization);
    }

    public synchronized void add(Invocation invocation) {
        keep(invocations, invocation);
    }

    public synchronized void use(String role, String action, String resource) {
        used.computeIfAbsent(role, r -> new TreeMap<>()).merge(action + " on " + resource, 1L, Long::sum);
    }

    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    public synchronized List<Denial> denials() {
        return List.copyOf(denials);
    }

    public synchronized List<HttpRequest> requests() {
        return List.copyOf(requests);
    }

    public synchronized List<Authorization> authorizations() {
        return List.copyOf(authorizations);
    }

    public synchronized List<Invocation> invocations() {
        return List.copyOf(invocations);
    }

    public synchronized List<Use> uses() {
        List<Use> uses = new ArrayList<>();
        used.forEach((role, permissions) -> permissions.forEach((permission, times) -> uses.add(new Use(role, permission, times))));
        return uses;
    }

    private static <T> void keep(Deque<T> entries, T entry) {
        entries.addFirst(entry);
        if (entries.size() > KEPT) {
            entries.removeLast();
        }
    }
}
