package dev.plinth.model;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Documents as tests write them, and what is said of bad ones. */
public final class Documents {
    private static final JsonMapper JSON = JsonMapper.createDefault();

    private Documents() {
    }

    /** Returns a document that is written with ' for ". */
    public static JsonNode json(String text) {
        try {
            return JSON.readValue(text.replace('\'', '"'), JsonNode.class);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Returns the rules that a call breaks, each as its pointer, a space and the rule. */
    static List<String> faults(ThrowingCallable call) {
        Failure failure = catchThrowableOfType(Failure.class, call);
        if (failure == null) {
            return List.of();
        }
        if (failure.kind() != Kind.INVALID_REQUEST) {
            throw new AssertionError(failure);
        }
        List<String> faults = new ArrayList<>();
        for (Violation violation : failure.violations()) {
            if (violation.place() != Violation.Place.BODY) {
                throw new AssertionError(violation);
            }
            faults.add(violation.name() + ' ' + violation.detail());
        }
        return faults;
    }
}
