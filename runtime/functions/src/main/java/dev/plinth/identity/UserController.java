package dev.plinth.identity;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.http.RevisionCondition;
import dev.plinth.functions.json.RequestBodies;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.uri.UriBuilder;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** Answers the routes of users over HTTP. */
@Controller(UserRoutes.PATH)
class UserController implements UserRoutes {
    /** What clients get in a representation and may send back, to no effect. */
    private static final Set<String> READ_ONLY = Set.of("id", "role", "verified", "createdAt", "updatedAt");

    private final UserService service;
    private final RequestBodies bodies;

    UserController(UserService service, RequestBodies bodies) {
        this.service = service;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse<UserRepresentation> create(HttpRequest<byte[]> request) {
        CreateUserRequest wanted = bodies.read(body(request), CreateUserRequest.class, READ_ONLY);
        User user = service.create(wanted.name(), wanted.email(), wanted.password());
        URI location = UriBuilder.of(PATH).path(user.id().toString()).build();
        return tagged(HttpResponse.created(UserRepresentation.of(user), location), user);
    }

    @Override
    public HttpResponse<UserRepresentation> find(Caller caller, String id, HttpRequest<?> request) {
        User user = service.find(caller, uuid(id));
        List<String> known = request.getHeaders().getAll(EntityTags.IF_NONE_MATCH);
        MutableHttpResponse<UserRepresentation> response =
                EntityTags.ifNoneMatchNames(user.revision().toString(), known)
                        ? HttpResponse.notModified()
                        : HttpResponse.ok(UserRepresentation.of(user));
        // The client may keep the user, but must ask whether this is still the latest.
        return tagged(response.header(HttpHeaders.CACHE_CONTROL, "private, no-cache"), user);
    }

    @Override
    public HttpResponse<UserRepresentation> change(Caller caller, String id, HttpRequest<byte[]> request) {
        byte[] patch = body(request);
        User user = service.change(caller, uuid(id), condition(request), current -> bodies
                .patch(ChangeUserRequest.of(current), patch, ChangeUserRequest.class, READ_ONLY)
                .change(current));
        return tagged(HttpResponse.ok(UserRepresentation.of(user)), user);
    }

    @Override
    public HttpResponse<Void> remove(Caller caller, String id, HttpRequest<?> request) {
        service.remove(caller, uuid(id), condition(request));
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<UserRepresentation> giveRole(Caller caller, String id, HttpRequest<byte[]> request) {
        GiveRoleRequest wanted = bodies.read(body(request), GiveRoleRequest.class);
        User user = service.giveRole(caller, uuid(id), condition(request), wanted.role());
        return tagged(HttpResponse.ok(UserRepresentation.of(user)), user);
    }

    private static byte[] body(HttpRequest<byte[]> request) {
        return request.getBody().orElse(new byte[0]);
    }

    private static RevisionCondition condition(HttpRequest<?> request) {
        return EntityTags.ifMatch(request.getHeaders().getAll(EntityTags.IF_MATCH));
    }

    private static <T> HttpResponse<T> tagged(MutableHttpResponse<T> response, User user) {
        return response.header(HttpHeaders.ETAG, EntityTags.write(user.revision().toString()));
    }
}
