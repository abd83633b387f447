package dev.plinth.generator;

import dev.plinth.failure.Failure;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes inputs as bytes, and reads them back. Safe for use by several threads. */
@Singleton
public final class GenerationInputs {
    private final JsonMapper json;

    GenerationInputs(JsonMapper json) {
        this.json = json;
    }

    /** Returns the input as JSON in UTF-8. */
    public byte[] write(GenerationInput input) {
        try {
            return json.writeValueAsBytes(input.toJson());
        } catch (IOException impossible) {
            throw new UncheckedIOException("A tree of ours has no JSON form", impossible);
        }
    }

    /**
     * Returns the input that was written.
     *
     * @throws Failure                  INVALID_REQUEST when it breaks a rule
     * @throws IllegalArgumentException when the bytes are no JSON
     */
    public GenerationInput read(byte[] written) {
        try {
            return GenerationInput.of(json.readValue(written, JsonNode.class));
        } catch (IOException malformed) {
            throw new IllegalArgumentException("The bytes are no JSON", malformed);
        }
    }
}
