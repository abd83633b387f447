package dev.plinth.identity;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation.Place;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/** The fields of a user that a client may change, and the address, which it may send back as it is. */
@Serdeable
@Schema(name = "UserPatch", description = "A merge patch (RFC 7396) of a user. Fields that only the server sets are"
        + " ignored. The e-mail address cannot change.")
record ChangeUserRequest(
        @NotNull
        @UserRules.Name
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, example = "Ada Lovelace")
        String name,

        @NotNull
        @UserRules.Email
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, format = "email", description = "Only as it is")
        String email,

        @Nullable
        @UserRules.Password
        @Schema(format = "password", minLength = 12, maxLength = 128, description = "Needs the currentPassword. The"
                + " other sessions of the user end.")
        String password,

        @Nullable
        @UserRules.Password
        @Schema(format = "password")
        String currentPassword) {

    static ChangeUserRequest of(User current) {
        return new ChangeUserRequest(current.name(), current.email().text(), null, null);
    }

    /**
     * Returns what the user shall be.
     *
     * @throws Failure INVALID_REQUEST when the address is another one, or a password comes without the current one
     */
    UserChange change(User current) {
        if (!email.equals(current.email().text())) {
            throw Failure.invalid(Place.BODY, "/email", "cannot change");
        }
        if (password == null) {
            return new UserChange(name, Optional.empty());
        }
        if (currentPassword == null) {
            throw Failure.invalid(Place.BODY, "/currentPassword", "is required with a new password");
        }
        return new UserChange(name, Optional.of(new UserChange.Password(currentPassword, password)));
    }

    /** Without the passwords, so that a log cannot have them. */
    @Override
    public String toString() {
        return "ChangeUserRequest";
    }
}
