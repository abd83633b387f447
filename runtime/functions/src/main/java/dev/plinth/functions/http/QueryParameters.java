package dev.plinth.functions.http;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation;
import io.micronaut.http.HttpParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The query parameters of one request, with the rules they have broken so far. A parameter that nobody knows breaks
 * one, as ignoring a filter would list too much in silence.
 */
public final class QueryParameters {
    private final HttpParameters parameters;
    private final List<Violation> violations = new ArrayList<>();

    /** Starts to read the parameters of a route that knows those named, and no other. */
    public QueryParameters(HttpParameters parameters, List<String> known) {
        this.parameters = parameters;
        parameters.names().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> violate(name, "is not a known parameter; known are " + String.join(", ", known)));
    }

    /** Returns the text of a parameter; empty when it is not given. To give it twice breaks a rule. */
    public Optional<String> value(String name) {
        List<String> values = parameters.getAll(name);
        if (values.size() > 1) {
            violate(name, "must be given once");
            return Optional.empty();
        }
        return values.stream().findFirst();
    }

    /** Returns what a parameter says; empty when it is not given, or breaks its rule, which {@code message} tells. */
    public <T> Optional<T> value(String name, Predicate<String> rule, Function<String, T> read, String message) {
        Optional<String> value = value(name);
        if (value.isPresent() && !rule.test(value.get())) {
            violate(name, message);
            return Optional.empty();
        }
        return value.map(read);
    }

    /** Fails with INVALID_REQUEST and every rule that is broken, unless none is. Called before values are used. */
    public void failIfInvalid() {
        if (!violations.isEmpty()) {
            throw new Failure(Kind.INVALID_REQUEST, "The query breaks a rule.", violations);
        }
    }

    private void violate(String name, String detail) {
        violations.add(new Violation(Violation.Place.QUERY, name, detail));
    }
}
