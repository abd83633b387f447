package dev.plinth.identity;

import dev.plinth.contract.Role;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** The body of a request to give a user a role. */
@Serdeable
@Schema(name = "GivenRole")
record GiveRoleRequest(@NotNull @Schema(example = "STAFF") Role role) {
}
