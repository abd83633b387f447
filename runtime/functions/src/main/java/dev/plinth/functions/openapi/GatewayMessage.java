package dev.plinth.functions.openapi;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** What API Gateway answers by itself, before any function is asked. */
@Serdeable
@Schema(name = "GatewayMessage", description = "What API Gateway answers before any service is asked")
record GatewayMessage(@NotNull @Schema(example = "Forbidden") String message) {
}
