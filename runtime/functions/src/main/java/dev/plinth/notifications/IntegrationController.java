package dev.plinth.notifications;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation.Place;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.http.Tagged;
import dev.plinth.functions.json.RequestBodies;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.webhooks.AddressGuard;
import dev.plinth.webhooks.EndpointKind;
import dev.plinth.webhooks.Interest;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.uri.UriBuilder;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Answers the routes of integrations over HTTP. */
@Controller
@Requires(env = "notifications")
class IntegrationController implements IntegrationRoutes {
    private static final String INTEGRATION_ID = "integrationId";
    private static final String SLACK = "https://hooks.slack.com/services/";

    /** What clients get in a representation and may send back, to no effect. */
    private static final Set<String> READ_ONLY = Set.of("id", "projectId", "kind", "host", "status",
            "failedDeliveries", "createdAt", "updatedAt");

    private final IntegrationService service;
    private final AddressGuard guard;
    private final RequestBodies bodies;

    IntegrationController(IntegrationService service, AddressGuard guard, RequestBodies bodies) {
        this.service = service;
        this.guard = guard;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse<IntegrationRepresentation> create(Caller caller, String id, HttpRequest<byte[]> request) {
        UUID project = uuid(id);
        CreateIntegrationRequest body = bodies.read(request, CreateIntegrationRequest.class, Set.of());
        Interest interest = body.interest(project);
        Integration integration = service.create(caller, project, body.name(), body.kind(),
                url(body.kind(), body.url()), interest);
        return Tagged.created(IntegrationRepresentation.withSecret(integration),
                path(project).path(integration.id().toString()).build(), integration.revision());
    }

    @Override
    public HttpResponse<IntegrationPage> list(Caller caller, String id, HttpRequest<?> request) {
        UUID project = uuid(id);
        IdPageRequest page = IdPageRequest.of(request.getParameters(), List.of("integrations", project.toString()));
        IdPage<Integration> found = service.list(caller, project, page);
        IntegrationPage body = new IntegrationPage(found.map(IntegrationRepresentation::of).items(),
                page.cursor(found).orElse(null));
        return page.link(HttpResponse.ok(body), path(project), found);
    }

    @Override
    public HttpResponse<IntegrationRepresentation> find(Caller caller, String id, String integrationId,
            HttpRequest<?> request) {
        Integration integration = service.find(caller, uuid(id), uuid(INTEGRATION_ID, integrationId));
        return Tagged.read(request, integration.revision(), () -> IntegrationRepresentation.of(integration));
    }

    @Override
    public HttpResponse<IntegrationRepresentation> replace(Caller caller, String id, String integrationId,
            HttpRequest<byte[]> request) {
        UUID project = uuid(id);
        UUID integration = uuid(INTEGRATION_ID, integrationId);
        ReplaceIntegrationRequest body = bodies.read(request, ReplaceIntegrationRequest.class, READ_ONLY);
        Interest interest = body.interest(project);
        Integration changed = service.change(caller, project, integration, EntityTags.ifMatch(request),
                kind -> new IntegrationChange(body.name(), Optional.ofNullable(body.url()).map(url -> url(kind, url)),
                        interest, body.isEnabled(), body.isRotated()));
        return Tagged.ok(body.isRotated() ? IntegrationRepresentation.withSecret(changed)
                : IntegrationRepresentation.of(changed), changed.revision());
    }

    @Override
    public HttpResponse<Void> remove(Caller caller, String id, String integrationId, HttpRequest<?> request) {
        service.remove(caller, uuid(id), uuid(INTEGRATION_ID, integrationId), EntityTags.ifMatch(request));
        return HttpResponse.noContent();
    }

    private URI url(EndpointKind kind, String text) {
        if (kind == EndpointKind.SLACK && !text.startsWith(SLACK)) {
            throw Failure.invalid(Place.BODY, "/url", "must begin with " + SLACK);
        }
        return guard.admit("/url", text);
    }

    private static UriBuilder path(UUID project) {
        return UriBuilder.of(PROJECTS).path(project.toString()).path("integrations");
    }
}
