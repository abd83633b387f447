package dev.plinth.teams;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** The body of a request that gives somebody a role in a team. */
@Serdeable
@Schema(name = "MemberBody", description = "The role that a member shall have. VIEWER sees the team's projects, EDITOR"
        + " changes what is in them, OWNER changes the team and the projects themselves.")
record MemberRequest(@NotNull TeamRole role) {
}
