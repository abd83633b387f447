package dev.plinth.contents;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plinth.functions.time.Timestamps;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** A setting as people see it. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Setting", description = "A setting of a project, which changes what is generated")
record SettingRepresentation(
        @NotNull @Schema(example = "java-package") String name,
        @Nullable @Schema(description = "What holds: the choice, or what is usual. Absent when nothing is usual")
        String value,
        @NotNull @Schema(description = "Whether somebody chose it") boolean chosen,
        @Nullable @Schema(format = "date-time", description = "When it was chosen") String updatedAt) {

    static SettingRepresentation of(SettingState state) {
        return new SettingRepresentation(state.setting().key(), state.value().orElse(null),
                state.choice().isPresent(),
                state.choice().map(choice -> Timestamps.text(choice.updatedAt())).orElse(null));
    }
}
