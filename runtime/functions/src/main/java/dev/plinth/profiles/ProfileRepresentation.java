package dev.plinth.profiles;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.Arrays;
import java.util.List;

/** A profile as its person sees it. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Profile", description = "A person as the studio knows them")
record ProfileRepresentation(
        @NotNull @Schema(format = "uuid") String id,
        @Nullable String name,
        @Nullable String about,
        @NotNull List<Use> quotas) {

    /** What a person uses of a quota. */
    @Serdeable
    @Schema(name = "QuotaUse")
    record Use(@NotNull @Schema(example = "projects") String things, @NotNull long used, @NotNull long most) {
    }

    static ProfileRepresentation of(Profile profile) {
        return new ProfileRepresentation(profile.userId().toString(), profile.name().orElse(null),
                profile.about().orElse(null),
                Arrays.stream(Quota.values())
                        .map(quota -> new Use(quota.things(), profile.used().get(quota), quota.most()))
                        .toList());
    }
}
