package dev.plinth.model;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation;
import java.util.ArrayList;
import java.util.List;

/** The rules that a document breaks. A document may break thousands, and an answer need not repeat them all. */
final class Violations {
    private static final int MOST = 100;

    private final List<Violation> violations = new ArrayList<>();
    private int broken;

    void add(String pointer, String detail) {
        broken++;
        if (violations.size() < MOST) {
            violations.add(new Violation(Violation.Place.BODY, pointer, detail));
        }
    }

    boolean isEmpty() {
        return broken == 0;
    }

    /** Throws a failure of kind INVALID_REQUEST unless there are none. */
    void failIfAny() {
        if (broken > violations.size()) {
            throw new Failure(Kind.INVALID_REQUEST,
                    "The request breaks " + broken + " rules, of which these are the first.", violations);
        }
        if (broken > 0) {
            throw Failure.invalid(violations);
        }
    }
}
