package dev.plinth.contents;

import dev.plinth.functions.checkpoint.Priming;
import dev.plinth.functions.json.RequestBodies;
import dev.plinth.functions.time.TimeOrderedIds;
import dev.plinth.model.SchemaDefinition;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Takes a schema and a document from their bodies to a write that is refused, since there is no such document, and to
 * their representations. The requests sent before the checkpoint reach none of this, as they create nothing.
 */
@Singleton
@Requires(env = "studio")
class ContentsPriming implements Priming {

    private static final String SCHEMA = """
            {"name": "Priming", "entities": [{"name": "Thing", "fields": [{"name": "size", "type": "LONG"}]}]}""";
    private static final String DOCUMENT = "{\"title\": \"Priming\", \"body\": \"Priming\"}";

    private final DynamoContents contents;
    private final RequestBodies bodies;
    private final JsonTree json;
    private final TimeOrderedIds ids;

    ContentsPriming(DynamoContents contents, RequestBodies bodies, JsonTree json, TimeOrderedIds ids) {
        this.contents = contents;
        this.bodies = bodies;
        this.json = json;
        this.ids = ids;
    }

    @Override
    public void prime() {
        JsonNode schema = SchemaDefinition.of(bodies.tree(bytes(SCHEMA), Set.of())).toJson();
        DocumentRequest document = bodies.read(bytes(DOCUMENT), DocumentRequest.class, Set.of());
        ContentHead head = new ContentHead(
                ContentKind.DOCUMENT, UUID.randomUUID(), ids.next(), document.title(), Instant.EPOCH);
        Content before = new Content(head, document.text(), UUID.randomUUID().toString());
        contents.replace(before, before.with(document.title(), json.write(schema), Instant.EPOCH,
                UUID.randomUUID().toString()), UUID.randomUUID());
        json.write(json.join(ContentHeadRepresentation.of(head), schema));
        json.write(json.join(new DocumentPage(List.of(DocumentSummary.of(head)), "priming"), schema));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
