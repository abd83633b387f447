package dev.plinth.contents;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** All settings of a project: there are as many as there are names, so the list has no pages. */
@Serdeable
@Schema(name = "SettingList", description = "All settings of a project, chosen or usual")
record SettingList(@NotNull List<SettingRepresentation> items) {
}
