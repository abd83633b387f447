package dev.plinth.contents;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** The body of a request to choose a setting. */
@Serdeable
@Schema(name = "SettingBody", description = "What the setting shall be; each has a rule of its own. Fields that only"
        + " the server sets are ignored.")
record SettingRequest(@NotNull @Schema(example = "com.example.bookshop") String value) {
}
