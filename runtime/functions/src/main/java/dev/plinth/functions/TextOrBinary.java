package dev.plinth.functions;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.function.BinaryTypeConfiguration;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Decides which bodies travel in base64: all but those known to be text. Micronaut's list is the other way round and
 * names five types, so any further one, a PDF for example, would be damaged without a word.
 */
@Singleton
@Replaces(BinaryTypeConfiguration.class)
final class TextOrBinary extends BinaryTypeConfiguration {
    private static final Set<String> TEXTS =
            Set.of("json", "xml", "yaml", "x-yaml", "javascript", "x-www-form-urlencoded");

    @Override
    public boolean isMediaTypeBinary(String mediaType) {
        if (mediaType == null) {
            return false;
        }
        MediaType type = MediaType.of(mediaType);
        String subtype = type.getSubtype();
        return !(type.getType().equals("text") || TEXTS.contains(subtype)
                || TEXTS.contains(subtype.substring(subtype.lastIndexOf('+') + 1)));
    }
}
