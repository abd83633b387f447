package dev.plinth.contents;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.http.Tagged;
import dev.plinth.functions.json.RequestBodies;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import java.util.Set;
import java.util.UUID;

/** Answers the routes of settings over HTTP. */
@Controller
@Requires(env = "studio")
class SettingController implements SettingRoutes {

    /** What clients get in a representation and may send back, to no effect. */
    private static final Set<String> READ_ONLY = Set.of("name", "chosen", "updatedAt");

    private final SettingService service;
    private final RequestBodies bodies;

    SettingController(SettingService service, RequestBodies bodies) {
        this.service = service;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse<SettingList> list(Caller caller, String id, HttpRequest<?> request) {
        return HttpResponse.ok(new SettingList(
                service.list(caller, uuid(id)).stream().map(SettingRepresentation::of).toList()));
    }

    @Override
    public HttpResponse<SettingRepresentation> find(Caller caller, String id, String name, HttpRequest<?> request) {
        SettingState state = service.find(caller, uuid(id), name);
        return Tagged.read(request, state.revision(), () -> SettingRepresentation.of(state));
    }

    @Override
    public HttpResponse<SettingRepresentation> choose(Caller caller, String id, String name,
            HttpRequest<byte[]> request) {
        UUID project = uuid(id);
        SettingRequest body = bodies.read(request, SettingRequest.class, READ_ONLY);
        SettingState state = service.choose(caller, project, name, EntityTags.ifMatch(request), body.value());
        return Tagged.ok(SettingRepresentation.of(state), state.revision());
    }

    @Override
    public HttpResponse<Void> reset(Caller caller, String id, String name, HttpRequest<?> request) {
        service.reset(caller, uuid(id), name, EntityTags.ifMatch(request));
        return HttpResponse.noContent();
    }
}
