package dev.plinth.functions.json;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import io.micronaut.http.HttpRequest;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.validation.validator.Validator;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads a request's body into a record that is {@code @Introspected} (or {@code @Serdeable}) and carries Bean
 * Validation constraints. A field is named by its component. A missing field and one that is {@code null} are the same.
 * All rules that the body breaks are in one failure of kind {@code INVALID_REQUEST}. Safe for use by several threads.
 */
@Singleton
public final class RequestBodies {
    private final JsonMapper json;
    private final RecordReader reader;

    RequestBodies(JsonMapper json, Validator validator) {
        this.json = json;
        this.reader = new RecordReader(validator);
    }

    /** Does as {@link #read(byte[], Class, Set)} with the body of a request. */
    public <T> T read(HttpRequest<byte[]> request, Class<T> type, Set<String> ignored) {
        return read(request.getBody().orElse(new byte[0]), type, ignored);
    }

    /** Does as {@link #tree(byte[], Set)} with the body of a request. */
    public JsonNode tree(HttpRequest<byte[]> request, Set<String> ignored) {
        return tree(request.getBody().orElse(new byte[0]), ignored);
    }

    /** Returns the body as a record; a field that the record does not have is a violation. */
    public <T> T read(byte[] body, Class<T> type) {
        return read(body, type, Set.of());
    }

    /**
     * Returns the body as a record.
     *
     * @param body    the bytes as they were sent; null counts as empty
     * @param ignored names of fields at the top of the body that are skipped, whatever they hold
     * @throws Failure of kind {@code MALFORMED_BODY} or {@code INVALID_REQUEST}
     */
    public <T> T read(byte[] body, Class<T> type, Set<String> ignored) {
        return reader.read(without(ignored, object(body)), type);
    }

    /**
     * Returns the record that a merge patch (RFC 7396) makes of another one: a field that is {@code null} in the patch
     * is removed, and the result obeys the same rules as a body that is sent whole.
     *
     * @param current    the record to change, which stays as it is
     * @param mergePatch the bytes as they were sent; null counts as empty
     * @param ignored    names of fields at the top of the patch that are skipped, whatever they hold
     * @throws Failure of kind {@code MALFORMED_BODY} or {@code INVALID_REQUEST}
     */
    public <T> T patch(T current, byte[] mergePatch, Class<T> type, Set<String> ignored) {
        JsonNode patch = without(ignored, object(mergePatch));
        return reader.read(merge(tree(current), patch), type);
    }

    /**
     * Returns the body as a tree, for documents whose rules no record can tell.
     *
     * @param body    the bytes as they were sent; null counts as empty
     * @param ignored names of fields at the top of the body that are left out, whatever they hold
     * @throws Failure of kind {@code MALFORMED_BODY} when it is no JSON object
     */
    public JsonNode tree(byte[] body, Set<String> ignored) {
        return without(ignored, object(body));
    }

    private static JsonNode object(byte[] body) {
        JsonNode root = JsonTexts.parse(body);
        if (!root.isObject()) {
            throw new Failure(Kind.MALFORMED_BODY,
                    "The body must be a JSON object, not " + JsonKind.of(root).words() + ".");
        }
        return root;
    }

    private static JsonNode without(Set<String> ignored, JsonNode object) {
        if (ignored.isEmpty()) {
            return object;
        }
        Map<String, JsonNode> fields = fields(object);
        fields.keySet().removeAll(ignored);
        return JsonNode.createObjectNode(fields);
    }

    private JsonNode tree(Object value) {
        try {
            return json.writeValueToTree(value);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("A record of ours has no JSON form: " + value.getClass(), unwritable);
        }
    }

    /** RFC 7396, section 2. */
    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        Map<String, JsonNode> fields = target != null && target.isObject() ? fields(target) : new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> change : patch.entries()) {
            if (change.getValue().isNull()) {
                fields.remove(change.getKey());
            } else {
                fields.put(change.getKey(), merge(fields.get(change.getKey()), change.getValue()));
            }
        }
        return JsonNode.createObjectNode(fields);
    }

    private static Map<String, JsonNode> fields(JsonNode object) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        object.entries().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }
}
