package dev.plinth.local.door;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Faults that a person or a test has ordered for calls: latency, an error before the engine sees the call, or an error
 * after it has, which is an answer lost on its way. Thread-safe.
 */
public final class Faults {
    private final List<Ordered> ordered = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();

    /** When a fault strikes. */
    public enum Moment { BEFORE, AFTER }

    /**
     * What to do to calls.
     *
     * @param operation   for example {@code dynamodb:PutItem}, {@code dynamodb:*}, or {@code *} for every call
     * @param caller      a part of the construct path of the caller's role, for example {@code generation-worker}, which
     *                    strikes only its calls; empty for everybody's
     * @param moment      before or after the engine has worked
     * @param delayMillis how long to hold the call
     * @param error       the AWS error code to answer, for example {@code ThrottlingException}; empty for none
     * @param status      the HTTP status of that error
     * @param skip        how many calls that it would strike it lets pass first
     * @param times       how many calls it strikes then
     */
    public record Fault(String operation, Optional<String> caller, Moment moment, long delayMillis,
            Optional<String> error, int status, int skip, int times) {
        public Fault {
            if (!operation.matches("\\*|[a-z0-9]+:(\\*|[A-Za-z]+)")) {
                throw new IllegalArgumentException(
                        "operation must read like dynamodb:PutItem, dynamodb:* or *, not " + operation);
            }
            if (delayMillis < 0 || delayMillis > 60_000) {
                throw new IllegalArgumentException("delayMillis must be from 0 to 60000, not " + delayMillis);
            }
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status must be from 400 to 599, not " + status);
            }
            if (skip < 0) {
                throw new IllegalArgumentException("skip must be at least 0, not " + skip);
            }
            if (times < 1) {
                throw new IllegalArgumentException("times must be at least 1, not " + times);
            }
            if (error.isEmpty() && delayMillis == 0) {
                throw new IllegalArgumentException("a fault needs an error, a delayMillis, or both");
            }
        }

        private boolean strikes(String by, String name, Moment now) {
            return moment == now && caller.filter(part -> !by.contains(part)).isEmpty() && (operation.equals(name)
                    || operation.endsWith("*") && name.startsWith(operation.substring(0, operation.length() - 1)));
        }
    }

    /** A fault with what is left of it. */
    public record View(long id, Fault fault, int left) {
    }

    private record Ordered(long id, Fault fault, AtomicInteger toPass, AtomicInteger left) {
    }

    public long order(Fault fault) {
        long id = ids.incrementAndGet();
        ordered.add(new Ordered(id, fault, new AtomicInteger(fault.skip()), new AtomicInteger(fault.times())));
        return id;
    }

    public void clear() {
        ordered.clear();
    }

    public List<View> view() {
        return ordered.stream().map(o -> new View(o.id(), o.fault(), o.left().get())).toList();
    }

    /**
     * Takes the first fault that strikes the call, counting it.
     *
     * @param caller the construct path of the caller's role, or {@code operator}
     */
    Optional<Fault> take(String caller, String call, Moment moment) {
        for (Ordered each : ordered) {
            if (each.fault().strikes(caller, call, moment) && each.toPass().getAndDecrement() <= 0) {
                int left = each.left().getAndDecrement();
                if (left == 1) {
                    ordered.remove(each);
                }
                if (left > 0) {
                    return Optional.of(each.fault());
                }
            }
        }
        return Optional.empty();
    }
}
