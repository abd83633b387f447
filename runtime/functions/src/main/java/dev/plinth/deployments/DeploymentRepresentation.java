package dev.plinth.deployments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plinth.functions.time.Timestamps;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;

/** A deployment as those see it who may see its project. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Deployment", description = "A stack that is or was deployed")
record DeploymentRepresentation(
        @NotNull @Schema(format = "uuid", example = "0195c6f4-3d80-7c3c-9a55-0a1f6f0d2b11") String id,
        @NotNull @Schema(format = "uuid") String projectId,
        @NotNull @Schema(format = "uuid", description = "The code generation whose template it deploys")
        String generationId,
        @NotNull @Schema(format = "uuid", description = "Who asked for it") String requestedBy,
        @NotNull DeploymentStatus status,
        @Nullable @Schema(description = "Why it failed; absent otherwise",
                example = "Files (AWS::S3::Bucket) could not be deleted: The bucket you tried to delete is not empty")
        String reason,
        @Nullable @Schema(description = "The stack's name in CloudFormation; absent until there is one")
        String stackName,
        @NotNull Resources resources,
        @NotNull @Schema(description = "What the stack gives out, by name; empty until it is there")
        Map<String, String> outputs,
        @NotNull @Schema(format = "date-time", example = "2026-03-01T12:00:00.000Z") String createdAt,
        @Nullable @Schema(format = "date-time", description = "When work on it began; absent until then")
        String startedAt,
        @Nullable @Schema(format = "date-time", description = "When work on it ended; absent while there is some")
        String endedAt) {

    static DeploymentRepresentation of(Deployment deployment) {
        return new DeploymentRepresentation(
                deployment.id().toString(),
                deployment.projectId().toString(),
                deployment.generationId().toString(),
                deployment.requestedBy().toString(),
                deployment.status(),
                deployment.reason().orElse(null),
                deployment.stack().map(Deployment.StackName::name).orElse(null),
                Resources.of(deployment.progress()),
                deployment.outputs(),
                Timestamps.text(deployment.createdAt()),
                deployment.startedAt().map(Timestamps::text).orElse(null),
                deployment.endedAt().map(Timestamps::text).orElse(null));
    }

    /** How far the stack is. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "DeploymentResources", description = "How far the stack is")
    record Resources(
            @NotNull @Schema(description = "How many resources the template has; 0 until that is known") int total,
            @NotNull @Schema(description = "How many of them are there") int there,
            @NotNull @Schema(description = "What happened to them last, newest first; 20 at most")
            List<Event> lastEvents) {

        static Resources of(Progress progress) {
            return new Resources(
                    progress.total(), progress.there(), progress.events().stream().map(Event::of).toList());
        }
    }

    /** What happened to a resource. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "DeploymentEvent", description = "What happened to a resource")
    record Event(
            @NotNull @Schema(format = "date-time") String at,
            @NotNull @Schema(description = "The resource's name in the template", example = "Notes") String resource,
            @NotNull @Schema(example = "AWS::DynamoDB::Table") String type,
            @NotNull @Schema(description = "In CloudFormation's words", example = "CREATE_COMPLETE") String status,
            @Nullable @Schema(description = "Absent when there is none to give") String reason) {

        static Event of(ResourceEvent event) {
            return new Event(Timestamps.text(event.at()), event.resource(), event.type(), event.status(),
                    event.reason().orElse(null));
        }
    }
}
