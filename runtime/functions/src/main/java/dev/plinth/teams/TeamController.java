package dev.plinth.teams;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.http.Tagged;
import dev.plinth.functions.json.RequestBodies;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.uri.UriBuilder;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Answers the routes of teams over HTTP. */
@Controller
@Requires(env = "studio")
class TeamController implements TeamRoutes {

    /** What clients get in a representation and may send back, to no effect. */
    private static final Set<String> READ_ONLY = Set.of("id", "members", "createdAt", "updatedAt");
    private static final Set<String> READ_ONLY_OF_MEMBER = Set.of("userId");

    private final TeamService service;
    private final RequestBodies bodies;

    TeamController(TeamService service, RequestBodies bodies) {
        this.service = service;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse<TeamRepresentation> create(Caller caller, HttpRequest<byte[]> request) {
        Team team = service.create(caller.userId(), bodies.read(request, TeamRequest.class, READ_ONLY).details());
        return Tagged.created(TeamRepresentation.of(team),
                UriBuilder.of(TEAMS).path(team.id().toString()).build(), team.revision());
    }

    @Override
    public HttpResponse<TeamPage> list(Caller caller, HttpRequest<?> request) {
        IdPageRequest page = IdPageRequest.of(
                request.getParameters(), List.of("teams of user", caller.userId().toString()));
        IdPage<Membership> found = service.list(caller.userId(), page);
        TeamPage body = new TeamPage(found.map(TeamSummaryRepresentation::of).items(),
                page.cursor(found).orElse(null));
        return page.link(HttpResponse.ok(body), UriBuilder.of(TEAMS), found);
    }

    @Override
    public HttpResponse<TeamRepresentation> find(Caller caller, String id, HttpRequest<?> request) {
        Team team = service.find(caller.userId(), uuid(id));
        return Tagged.read(request, team.revision(), () -> TeamRepresentation.of(team));
    }

    @Override
    public HttpResponse<TeamRepresentation> replace(Caller caller, String id, HttpRequest<byte[]> request) {
        UUID teamId = uuid(id);
        TeamDetails details = bodies.read(request, TeamRequest.class, READ_ONLY).details();
        return answer(service.change(caller.userId(), teamId, EntityTags.ifMatch(request), details));
    }

    @Override
    public HttpResponse<Void> remove(Caller caller, String id, HttpRequest<?> request) {
        service.remove(caller.userId(), uuid(id), EntityTags.ifMatch(request));
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<TeamRepresentation> putMember(Caller caller, String id, String userId,
            HttpRequest<byte[]> request) {
        UUID teamId = uuid(id);
        UUID member = uuid("userId", userId);
        TeamRole role = bodies.read(request, MemberRequest.class, READ_ONLY_OF_MEMBER).role();
        return answer(service.put(caller.userId(), teamId, EntityTags.ifMatch(request), member, role));
    }

    @Override
    public HttpResponse<Void> removeMember(Caller caller, String id, String userId, HttpRequest<?> request) {
        service.remove(caller.userId(), uuid(id), EntityTags.ifMatch(request), uuid("userId", userId));
        return HttpResponse.noContent();
    }

    private static HttpResponse<TeamRepresentation> answer(Team team) {
        return Tagged.ok(TeamRepresentation.of(team), team.revision());
    }
}
