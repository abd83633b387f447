package dev.plinth.workspace;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.http.PathIds;
import dev.plinth.functions.http.QueryParameters;
import dev.plinth.functions.http.Tagged;
import dev.plinth.functions.json.RequestBodies;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.uri.UriBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Answers the routes of projects over HTTP. */
@Controller
@Requires(env = "studio")
class ProjectController implements ProjectRoutes {

    /** The parameter of the list that names a team. */
    static final String TEAM = "team";

    /** What clients get in a representation and may send back, to no effect. */
    private static final Set<String> READ_ONLY = Set.of("id", "ownerId", "createdAt", "updatedAt");

    private final ProjectService service;
    private final RequestBodies bodies;

    ProjectController(ProjectService service, RequestBodies bodies) {
        this.service = service;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse<ProjectRepresentation> create(Caller caller, HttpRequest<byte[]> request) {
        Project project = service.create(caller, bodies.read(request, ProjectRequest.class, READ_ONLY).details());
        return Tagged.created(ProjectRepresentation.of(project),
                UriBuilder.of(PROJECTS).path(project.id().toString()).build(), project.revision());
    }

    @Override
    public HttpResponse<ProjectPage> list(Caller caller, HttpRequest<?> request) {
        List<String> known = new ArrayList<>(IdPageRequest.PARAMETERS);
        known.add(TEAM);
        QueryParameters reading = new QueryParameters(request.getParameters(), known);
        Optional<UUID> team = reading.value(TEAM, PathIds::isUuid, UUID::fromString, "must be a UUID");
        IdPageRequest page = IdPageRequest.of(reading, team
                .map(id -> List.of("projects of team", id.toString()))
                .orElseGet(() -> List.of("projects of owner", caller.userId().toString())));
        IdPage<Project> found = service.list(caller, team, page);
        UriBuilder uri = UriBuilder.of(PROJECTS);
        team.ifPresent(id -> uri.queryParam(TEAM, id));
        ProjectPage body = new ProjectPage(found.map(ProjectRepresentation::of).items(),
                page.cursor(found).orElse(null));
        return page.link(HttpResponse.ok(body), uri, found);
    }

    @Override
    public HttpResponse<ProjectRepresentation> find(Caller caller, String id, HttpRequest<?> request) {
        Project project = service.find(caller, uuid(id));
        return Tagged.read(request, project.revision(), () -> ProjectRepresentation.of(project));
    }

    @Override
    public HttpResponse<ProjectRepresentation> replace(Caller caller, String id, HttpRequest<byte[]> request) {
        UUID projectId = uuid(id);
        ProjectDetails details = bodies.read(request, ProjectRequest.class, READ_ONLY).details();
        Project project = service.change(caller, projectId, EntityTags.ifMatch(request), details);
        return Tagged.ok(ProjectRepresentation.of(project), project.revision());
    }

    @Override
    public HttpResponse<Void> remove(Caller caller, String id, HttpRequest<?> request) {
        service.remove(caller, uuid(id), EntityTags.ifMatch(request));
        return HttpResponse.noContent();
    }
}
