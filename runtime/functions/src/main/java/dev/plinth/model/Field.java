package dev.plinth.model;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A field of an entity.
 *
 * @param maxLength the most characters of a STRING; null for the usual {@value #USUAL_LENGTH}
 * @param precision the digits of a DECIMAL; null for the usual {@value #USUAL_PRECISION}
 * @param scale     those of them after the point; null for none, or {@value #USUAL_SCALE} if there is no precision
 * @param values    what an ENUM can be, in order; empty for other types
 */
@Serdeable
@Schema(name = "SchemaField", description = "A field of an entity.")
public record Field(
        @Schema(example = "total") String name,
        FieldType type,
        @Schema(description = "Whether each has a value", defaultValue = "false") boolean required,
        @Schema(description = "Whether no two have the same value", defaultValue = "false") boolean unique,
        @Nullable @Schema(description = "For STRING: the most characters. 255 if absent", minimum = "1",
                maximum = "65535") Integer maxLength,
        @Nullable @Schema(description = "For DECIMAL: its digits. 19 if absent", minimum = "1", maximum = "38")
        Integer precision,
        @Nullable @Schema(description = "For DECIMAL: its digits after the point", minimum = "0", maximum = "38")
        Integer scale,
        @Schema(description = "For ENUM: the possible values", requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        List<String> values) {
    static final int USUAL_LENGTH = 255;
    static final int USUAL_PRECISION = 19;
    static final int USUAL_SCALE = 2;

    public Field {
        values = List.copyOf(values);
    }

    /** Returns the name of the column. */
    public String column() {
        return Names.snake(name);
    }

    /** Returns the name of the record component, and of the JSON property. */
    public String property() {
        return Names.lowerCamel(name);
    }

    /** Returns the most characters of a STRING. */
    public int length() {
        return maxLength == null ? USUAL_LENGTH : maxLength;
    }

    /** Returns the digits of a DECIMAL. */
    public int digits() {
        return precision == null ? USUAL_PRECISION : precision;
    }

    /** Returns the digits of a DECIMAL after the point. A precision alone has none, as in SQL. */
    public int decimals() {
        if (scale != null) {
            return scale;
        }
        return precision == null ? USUAL_SCALE : 0;
    }
}
