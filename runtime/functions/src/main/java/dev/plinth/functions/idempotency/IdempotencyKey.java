package dev.plinth.functions.idempotency;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import io.micronaut.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the header by which a client makes a request to create an order repeatable. */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    /** Tells the client that the answer is that of an earlier request. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private IdempotencyKey() {
    }

    /** Returns the key; empty when the client sent none. */
    public static Optional<String> of(HttpHeaders headers) {
        List<String> keys = headers.getAll(HEADER);
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        if (keys.size() > 1 || !VISIBLE_ASCII.matcher(keys.get(0)).matches()) {
            throw Failure.invalid(
                    Violation.Place.HEADER, HEADER, "must be one key of 1 to 255 visible ASCII characters");
        }
        return Optional.of(keys.get(0));
    }
}
