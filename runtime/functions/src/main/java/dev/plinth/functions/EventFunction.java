package dev.plinth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.plinth.contract.Trigger;
import dev.plinth.functions.checkpoint.Rehearsal;
import dev.plinth.functions.event.EventHandler;
import dev.plinth.functions.event.TimeLeft;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The handler of every function that is not behind the HTTP API: an event in, the answer of the service's
 * {@link EventHandler} out. Which service it is, the environment decides.
 *
 * <p>Safe for use by several threads. The name is part of the contract: {@link Trigger#handler()}.
 */
public final class EventFunction implements RequestStreamHandler, Resource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventFunction.class);

    private final ApplicationContext context;
    private final JsonMapper json;
    private final EventHandler handler;
    private final TimeLeft timeLeft;

    /** Called by Lambda, once a process. */
    public EventFunction() {
        this(System.getenv());
    }

    /**
     * Starts a function.
     *
     * @param environment the function's environment variables
     * @throws IllegalStateException when a setting is missing, naming its variable
     */
    public EventFunction(Map<String, String> environment) {
        this.context = FunctionContext.start(Settings.of(environment));
        this.json = context.getBean(JsonMapper.class);
        this.handler = context.getBean(EventHandler.class);
        this.timeLeft = context.getBean(TimeLeft.class);
        Core.getGlobalContext().register(this);
    }

    /** Answers an event; no answer is written as {@code null}. Throws when the handler does. */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context lambda) throws IOException {
        JsonNode event = json.readValue(input, JsonNode.class);
        JsonNode answer = timeLeft.during(lambda::getRemainingTimeInMillis,
                () -> handle(event, lambda.getAwsRequestId()));
        output.write(json.writeValueAsBytes(answer == null ? JsonNode.nullNode() : answer));
    }

    private JsonNode handle(JsonNode event, String requestId) {
        long start = System.nanoTime();
        MDC.put("requestId", requestId);
        try {
            JsonNode answer = handler.handle(event, requestId);
            LOG.atInfo()
                    .addKeyValue("durationMs", TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start) / 1000.0)
                    .log("event handled");
            return answer;
        } catch (RuntimeException failed) {
            LOG.atError().setCause(failed).log("event failed");
            throw new InvocationFailed(requestId);
        } finally {
            MDC.remove("requestId");
        }
    }

    /** Exercises what can be without an event, so that what the snapshot holds has its classes loaded. */
    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> checkpoint) {
        context.getBean(Rehearsal.class).prime();
    }

    /** Does nothing: the first event waits for it. Clients renew their connections and credentials by themselves. */
    @Override
    public void afterRestore(org.crac.Context<? extends Resource> checkpoint) {
        // Deliberately nothing; see above.
    }

    ApplicationContext context() {
        return context;
    }

    /** Stops the application context. Lambda never does; tests and programs that start several functions do. */
    @Override
    public void close() {
        context.close();
    }

    /**
     * Tells Lambda that an invocation failed. The reason is in the log already, once; Lambda would write its message
     * and its trace there a second time, and send both to whoever invoked the function.
     */
    static final class InvocationFailed extends RuntimeException {
        private InvocationFailed(String requestId) {
            super("The invocation failed; the log says why under requestId " + requestId, null, false, false);
        }
    }
}
