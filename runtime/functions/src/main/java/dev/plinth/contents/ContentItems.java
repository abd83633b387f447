package dev.plinth.contents;

import static dev.plinth.functions.aws.Values.text;
import static dev.plinth.functions.aws.Values.time;

import dev.plinth.contract.StudioTable.Attributes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes contents as items, and reads them back. The text is compressed: the largest schema that the rules allow would
 * not fit into an item otherwise, which holds 400 KB.
 */
final class ContentItems {

    static final String TITLE = "title";
    static final String UPDATED_AT = "updatedAt";
    static final String REVISION = "revision";

    private static final String TEXT = "text";

    private ContentItems() {
    }

    static Map<String, AttributeValue> key(ContentKind kind, UUID project, UUID id) {
        return Map.of(Attributes.PROJECT_ID, text(project), kind.idAttribute(), text(id));
    }

    static Map<String, AttributeValue> item(Content content) {
        ContentHead head = content.head();
        Map<String, AttributeValue> item = new HashMap<>(key(head.kind(), head.projectId(), head.id()));
        item.put(TITLE, text(head.title()));
        item.put(TEXT, AttributeValue.fromB(SdkBytes.fromByteArray(compressed(content.text()))));
        item.put(UPDATED_AT, text(head.updatedAt()));
        item.put(REVISION, text(content.revision()));
        return item;
    }

    static Content content(ContentKind kind, Map<String, AttributeValue> item) {
        return new Content(head(kind, item), expanded(item.get(TEXT).b().asByteArray()), item.get(REVISION).s());
    }

    static ContentHead head(ContentKind kind, Map<String, AttributeValue> item) {
        return new ContentHead(kind,
                UUID.fromString(item.get(Attributes.PROJECT_ID).s()),
                UUID.fromString(item.get(kind.idAttribute()).s()),
                item.get(TITLE).s(),
                time(item, UPDATED_AT));
    }

    private static byte[] compressed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory cannot fail to be written", impossible);
        }
        return bytes.toByteArray();
    }

    private static String expanded(byte[] compressed) {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new UncheckedIOException("A stored text is damaged", damaged);
        }
    }
}
