package dev.plinth.queueadmin;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;

/** The body of a request to send dead letters back to their queue. */
@Serdeable
@Schema(name = "Redrive", description = "Which dead letters to send back: one by its id, or without an id all of them")
record RedriveRequest(
        @Nullable @Size(min = 1, max = 100, message = "must have 1 to 100 characters")
        @Schema(description = "The id of the one; absent for all") String id,
        @Nullable @Min(value = 1, message = "must be from 1 to 500")
        @Max(value = 500, message = "must be from 1 to 500")
        @Schema(description = "How many to send back in a second, so that what broke them is not overrun; absent to"
                + " leave it to SQS. Goes without id.") Integer perSecond) {

    /** Fails with INVALID_REQUEST when the fields contradict one another. */
    RedriveRequest checked() {
        if (id != null && perSecond != null) {
            throw Failure.invalid(Violation.Place.BODY, "/perSecond", "is for all dead letters, and goes without id");
        }
        return this;
    }
}
