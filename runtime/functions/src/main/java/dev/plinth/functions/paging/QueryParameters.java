package dev.plinth.functions.paging;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation;
import io.micronaut.http.HttpParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The query parameters of a request for a list, with the rules that they have broken so far. A parameter that nobody
 * knows breaks one, as it would silently list too much.
 */
public final class QueryParameters {

    /** The parameter that says how many things a page holds at most. */
    public static final String LIMIT = "limit";
    public static final int HIGHEST_LIMIT = 100;
    public static final int USUAL_LIMIT = 20;

    private static final Pattern LIMITS = Pattern.compile("[1-9][0-9]?|" + HIGHEST_LIMIT);

    private final HttpParameters parameters;
    private final List<Violation> violations = new ArrayList<>();

    /** Starts to read the parameters of a list that knows the given ones, besides limit and cursor. */
    public QueryParameters(HttpParameters parameters, String... filters) {
        this.parameters = parameters;
        List<String> known = new ArrayList<>(List.of(LIMIT, Cursor.PARAMETER));
        known.addAll(Arrays.asList(filters));
        parameters.names().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> violate(name, "is not a known parameter; known are " + String.join(", ", known)));
    }

    /** Returns the limit; the usual one when none is given. */
    public int limit() {
        return value(LIMIT, text -> LIMITS.matcher(text).matches(), Integer::valueOf,
                "must be a whole number from 1 to " + HIGHEST_LIMIT).orElse(USUAL_LIMIT);
    }

    /** Returns the cursor as it was sent; empty for the first page. */
    public Optional<String> cursor() {
        return value(Cursor.PARAMETER);
    }

    /** Returns a parameter that is the name of a constant; empty when it was not sent, or breaks the rule. */
    public <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
        List<String> known = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        return value(name, known::contains, text -> Enum.valueOf(type, text),
                "must be one of " + known.stream().collect(Collectors.joining(", ")));
    }

    /**
     * Returns a parameter; empty when it was not sent, or breaks the rule.
     *
     * @param rule    tells whether a text may be read
     * @param message what the rule asks, in words for the caller
     */
    public <T> Optional<T> value(String name, Predicate<String> rule, Function<String, T> read, String message) {
        Optional<String> value = value(name);
        if (value.isPresent() && !rule.test(value.get())) {
            violate(name, message);
            return Optional.empty();
        }
        return value.map(read);
    }

    /** Throws a failure of kind INVALID_REQUEST with every rule that was broken so far, if there is one. */
    public void failIfInvalid() {
        if (!violations.isEmpty()) {
            throw new Failure(Kind.INVALID_REQUEST, "The query breaks a rule.", violations);
        }
    }

    private Optional<String> value(String name) {
        List<String> values = parameters.getAll(name);
        if (values.size() > 1) {
            violate(name, "must be given once");
            return Optional.empty();
        }
        return values.stream().findFirst();
    }

    private void violate(String name, String detail) {
        violations.add(new Violation(Violation.Place.QUERY, name, detail));
    }
}
