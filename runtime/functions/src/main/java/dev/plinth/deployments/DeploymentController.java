package dev.plinth.deployments;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.PathIds;
import dev.plinth.functions.http.QueryParameters;
import dev.plinth.functions.idempotency.Creation;
import dev.plinth.functions.idempotency.IdempotencyKey;
import dev.plinth.functions.json.RequestBodies;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.uri.UriBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Answers the routes of deployments over HTTP. */
@Controller
@Requires(env = "studio")
class DeploymentController implements DeploymentRoutes {
    private final DeploymentService service;
    private final RequestBodies bodies;

    DeploymentController(DeploymentService service, RequestBodies bodies) {
        this.service = service;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse<DeploymentRepresentation> create(Caller caller, HttpRequest<byte[]> request) {
        Optional<String> key = IdempotencyKey.of(request.getHeaders());
        CreateDeploymentRequest wanted = bodies.read(request, CreateDeploymentRequest.class, Set.of());
        Creation<Deployment> creation = service.create(caller, wanted.projectId(), wanted.generationId(), key);
        Deployment deployment = creation.created();
        MutableHttpResponse<DeploymentRepresentation> response =
                HttpResponse.accepted(UriBuilder.of(DEPLOYMENTS).path(deployment.id().toString()).build())
                        .body(DeploymentRepresentation.of(deployment));
        return creation.replayed() ? response.header(IdempotencyKey.REPLAYED, "true") : response;
    }

    @Override
    public HttpResponse<DeploymentPage> list(Caller caller, HttpRequest<?> request) {
        List<String> known = new ArrayList<>(IdPageRequest.PARAMETERS);
        known.add(PROJECT);
        QueryParameters reading = new QueryParameters(request.getParameters(), known);
        Optional<UUID> project = reading.value(PROJECT, PathIds::isUuid, UUID::fromString, "must be a UUID");
        reading.failIfInvalid();
        UUID projectId = project.orElseThrow(() -> Failure.invalid(Violation.Place.QUERY, PROJECT, "is required"));
        IdPageRequest page = IdPageRequest.of(reading, List.of("deployments of project", projectId.toString()));
        IdPage<Deployment> found = service.list(caller, projectId, page);
        DeploymentPage body = new DeploymentPage(
                found.map(DeploymentRepresentation::of).items(), page.cursor(found).orElse(null));
        return page.link(HttpResponse.ok(body), UriBuilder.of(DEPLOYMENTS).queryParam(PROJECT, projectId), found);
    }

    @Override
    public HttpResponse<DeploymentRepresentation> find(Caller caller, String id, HttpRequest<?> request) {
        return HttpResponse.ok(DeploymentRepresentation.of(service.find(caller, uuid(id))))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }

    @Override
    public HttpResponse<DeploymentRepresentation> remove(Caller caller, String id, HttpRequest<?> request) {
        return HttpResponse.<DeploymentRepresentation>accepted()
                .body(DeploymentRepresentation.of(service.remove(caller, uuid(id))));
    }
}
