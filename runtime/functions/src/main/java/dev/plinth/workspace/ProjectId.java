package dev.plinth.workspace;

import io.micronaut.http.annotation.PathVariable;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.Inherited;

/** The id of a project, in the path of a route. */
@Inherited
@PathVariable
@Parameter(description = "The project's id", schema = @Schema(type = "string", format = "uuid"))
public @interface ProjectId {
}
