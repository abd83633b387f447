package dev.plinth.local.httpapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.lambda.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A function that tells the gateway who calls. Its results, denials among them, are kept for their time to live under the
 * values of the identity sources: one result serves every route of the API. Failures are not kept. Thread-safe.
 */
public final class Authorizer {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** API Gateway's own limit of a result, in bytes. */
    private static final int LARGEST_RESULT = 8 * 1024;

    /** The gateway says nothing of the size of its cache; a caller who makes up tokens must not fill the laptop. */
    private static final int LARGEST_CACHE = 10_000;

    private final FunctionPool function;
    private final String routeArnPrefix;
    private final BooleanSupplier mayInvoke;
    private final List<IdentitySource> sources;
    private final Duration timeToLive;
    private final LongSupplier nanoTime;
    private final Map<List<String>, Kept> cache = new LinkedHashMap<>();

    private record Kept(Verdict verdict, long until) {
    }

    /** What came of asking. */
    sealed interface Verdict {
        /** The caller may go on; the context goes to the function behind the route, null where there is none. */
        record Admitted(JsonNode context, boolean cached) implements Verdict {
        }

        /** The authorizer said no. */
        record Refused(boolean cached) implements Verdict {
        }

        /** The request lacks an identity source, so nobody was asked. */
        record Anonymous(String source) implements Verdict {
        }

        /** The authorizer did not answer, or not in the format of an answer. */
        record Failed(String reason) implements Verdict {
        }
    }

    /**
     * Makes an authorizer with simple responses in payload format 2.0.
     *
     * @param routeArnPrefix  what the ARN of a route begins with, up to the slash before the method
     * @param mayInvoke       whether the function's resource policy lets this authorizer call it
     * @param identitySources selection expressions such as {@code $request.header.Authorization}
     * @param timeToLive      zero to ask anew at each request
     * @param nanoTime        the clock of the cache
     * @throws IllegalArgumentException for an identity source that is not read here
     */
    public Authorizer(FunctionPool function, String routeArnPrefix, BooleanSupplier mayInvoke, List<String> identitySources,
                      Duration timeToLive, LongSupplier nanoTime) {
        this.function = function;
        this.routeArnPrefix = routeArnPrefix;
        this.mayInvoke = mayInvoke;
        this.sources = identitySources.stream().map(IdentitySource::parse).toList();
        this.timeToLive = timeToLive;
        this.nanoTime = nanoTime;
    }

    String functionName() {
        return function.function().name();
    }

    Verdict ask(Payload.Request request) throws InterruptedException {
        List<String> identity = new ArrayList<>();
        for (IdentitySource source : sources) {
            Optional<String> value = source.value(request);
            if (value.isEmpty()) {
                return new Verdict.Anonymous(source.name());
            }
            identity.add(value.get());
        }
        if (timeToLive.isZero()) {
            return invoke(request, identity);
        }
        Optional<Verdict> kept = recall(identity);
        if (kept.isPresent()) {
            return kept.get();
        }
        Verdict verdict = invoke(request, identity);
        keep(identity, verdict);
        return verdict;
    }

    private synchronized Optional<Verdict> recall(List<String> identity) {
        Kept kept = cache.get(identity);
        if (kept == null) {
            return Optional.empty();
        }
        if (kept.until() - nanoTime.getAsLong() <= 0) {
            cache.remove(identity);
            return Optional.empty();
        }
        return Optional.of(kept.verdict());
    }

    private synchronized void keep(List<String> identity, Verdict verdict) {
        Verdict repeated;
        if (verdict instanceof Verdict.Admitted admitted) {
            repeated = new Verdict.Admitted(admitted.context(), true);
        } else if (verdict instanceof Verdict.Refused) {
            repeated = new Verdict.Refused(true);
        } else {
            return;
        }
        // Removed first, so that the eldest entry is the first to expire.
        cache.remove(identity);
        cache.put(identity, new Kept(repeated, nanoTime.getAsLong() + timeToLive.toNanos()));
        if (cache.size() > LARGEST_CACHE) {
            cache.remove(cache.keySet().iterator().next());
        }
    }

    private Verdict invoke(Payload.Request request, List<String> identity) throws InterruptedException {
        if (!mayInvoke.getAsBoolean()) {
            return new Verdict.Failed("No AWS::Lambda::Permission lets API Gateway invoke the authorizer " + functionName());
        }
        String routeArn = routeArnPrefix + "/" + request.http().method() + Payload.decodePath(request.http().rawPath());
        Outcome outcome = function.invoke(Payload.authorizerEvent(request, routeArn, identity));
        if (outcome instanceof Outcome.Failed failed) {
            return new Verdict.Failed("The authorizer " + functionName() + " failed: " + failed.reason());
        }
        return verdict(((Outcome.Answered) outcome).payload());
    }

    private Verdict verdict(byte[] result) {
        if (result.length > LARGEST_RESULT) {
            return malformed(result.length + " bytes, more than " + LARGEST_RESULT);
        }
        try {
            JsonNode answer = JSON.readTree(result);
            JsonNode context = answer.path("context");
            if (!answer.path("isAuthorized").isBoolean()) {
                return malformed("no boolean isAuthorized");
            }
            if (!context.isMissingNode() && !context.isNull() && !context.isObject()) {
                return malformed("a context that is no object");
            }
            return answer.path("isAuthorized").booleanValue()
                    ? new Verdict.Admitted(context.isObject() ? context : null, false)
                    : new Verdict.Refused(false);
        } catch (IOException e) {
            return malformed("no JSON");
        }
    }

    private Verdict malformed(String found) {
        return new Verdict.Failed("The authorizer " + functionName() + " answered with " + found);
    }
}
