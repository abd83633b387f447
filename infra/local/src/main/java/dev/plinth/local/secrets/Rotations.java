package dev.plinth.local.secrets;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Rotates secrets by their functions, in Secrets Manager's four steps: at once, on order and when due. Thread-safe. */
public final class Rotations implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");

    private final Secrets secrets;
    private final Functions functions;
    private final Clock clock;
    private final Consumer<String> log;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "rotation of secrets");
        thread.setDaemon(true);
        return thread;
    });

    /** Runs a step of a rotation. */
    public interface Functions {
        /** @throws RotationException when the function may not be invoked, fails or does not answer */
        void invoke(String functionArn, String secretArn, byte[] event) throws InterruptedException;
    }

    /** @param log takes a line for each rotation that nobody waits for */
    public Rotations(Secrets secrets, Functions functions, Clock clock, Consumer<String> log) {
        this.secrets = secrets;
        this.functions = functions;
        this.clock = clock;
        this.log = log;
    }

    /** Looks every minute, from now on, for rotations that are due. */
    public void followSchedules() {
        threads.scheduleWithFixedDelay(this::rotateDue, 1, 1, TimeUnit.MINUTES);
    }

    /**
     * Rotates a secret, and waits for it.
     *
     * @return the id of the version that is current now
     * @throws RotationException if a step fails
     * @throws SecretsException  if the secret cannot be rotated at all, or is being rotated
     */
    public String rotate(String id) throws InterruptedException {
        Secrets.View secret = begin(id);
        return run(secret, secrets.beginRotation(secret.arn()));
    }

    /**
     * Begins to rotate a secret; what becomes of it is logged.
     *
     * @return the id of the version that will be current
     */
    public String rotateInBackground(String id) {
        Secrets.View secret = begin(id);
        String version = secrets.beginRotation(secret.arn());
        threads.execute(() -> runAndLog(secret, version));
        return version;
    }

    /** Rotates the secrets whose rotation is due, and those whose last one failed. */
    void rotateDue() {
        Instant now = clock.instant();
        for (Secrets.View secret : secrets.views()) {
            boolean due = secret.nextRotation().map(time -> !time.isAfter(now)).orElse(false);
            if (due && underWay.add(secret.arn())) {
                runAndLog(secret, secrets.beginRotation(secret.arn()));
            }
        }
    }

    private Secrets.View begin(String id) {
        Secrets.View secret = secrets.view(id);
        if (secret.rotation().isEmpty()) {
            throw SecretsException.invalidRequest(
                    "You can't rotate the secret " + secret.name() + ": the templates give it no rotation schedule.");
        }
        if (!underWay.add(secret.arn())) {
            throw SecretsException.invalidRequest("A previous rotation of " + secret.name() + " isn't complete.");
        }
        return secret;
    }

    private void runAndLog(Secrets.View secret, String version) {
        try {
            log.accept("Rotated " + secret.name() + "; its version is now " + run(secret, version));
        } catch (RotationException e) {
            log.accept(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String run(Secrets.View secret, String version) throws InterruptedException {
        try {
            for (String step : STEPS) {
                ObjectNode event = JSON.createObjectNode()
                        .put("Step", step).put("SecretId", secret.arn()).put("ClientRequestToken", version);
                invoke(secret, step, event.toString());
            }
            if (!secrets.endRotation(secret.arn(), version)) {
                throw new RotationException("The rotation of " + secret.name()
                        + " did not succeed: after finishSecret, "
                        + "version " + version + " is not the one labelled AWSCURRENT");
            }
            return version;
        } finally {
            underWay.remove(secret.arn());
        }
    }

    private void invoke(Secrets.View secret, String step, String event) throws InterruptedException {
        try {
            functions.invoke(secret.rotation().orElseThrow().functionArn(), secret.arn(),
                    event.getBytes(StandardCharsets.UTF_8));
        } catch (RotationException e) {
            throw new RotationException(
                    "The rotation of " + secret.name() + " failed at its step " + step + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
