package dev.plinth.profiles;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.http.Tagged;
import dev.plinth.functions.json.RequestBodies;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import java.util.Set;

/** Answers the routes of profiles over HTTP. Whoever calls reaches their own and no other. */
@Controller
@Requires(env = "studio")
class ProfileController implements ProfileRoutes {

    /** What clients get in a representation and may send back, to no effect. */
    private static final Set<String> READ_ONLY = Set.of("id", "quotas");

    private final ProfileService service;
    private final RequestBodies bodies;

    ProfileController(ProfileService service, RequestBodies bodies) {
        this.service = service;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse<ProfileRepresentation> find(Caller caller, HttpRequest<?> request) {
        Profile profile = service.find(caller.userId());
        return Tagged.read(request, profile.revision(), () -> ProfileRepresentation.of(profile));
    }

    @Override
    public HttpResponse<ProfileRepresentation> replace(Caller caller, HttpRequest<byte[]> request) {
        ProfileRequest body = bodies.read(request, ProfileRequest.class, READ_ONLY);
        Profile profile = service.change(caller.userId(), EntityTags.ifMatch(request), body);
        return Tagged.ok(ProfileRepresentation.of(profile), profile.revision());
    }
}
