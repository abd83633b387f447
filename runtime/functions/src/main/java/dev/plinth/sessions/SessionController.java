package dev.plinth.sessions;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.caller.Client;
import dev.plinth.functions.http.QueryParameters;
import dev.plinth.functions.json.RequestBodies;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.uri.UriBuilder;
import java.util.List;
import java.util.Optional;

/** Answers the routes of sessions over HTTP. */
@Controller(SessionRoutes.PATH)
@Requires(env = "identity")
class SessionController implements SessionRoutes {
    private static final String NAMELESS = "unknown device";

    private final SessionService service;
    private final RequestBodies bodies;

    SessionController(SessionService service, RequestBodies bodies) {
        this.service = service;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse<SignedInRepresentation> signIn(Client client, HttpRequest<byte[]> request) {
        SignInRequest wanted = bodies.read(body(request), SignInRequest.class);
        String device = Optional.ofNullable(wanted.device()).orElseGet(() -> device(client));
        SignedIn signedIn = service.signIn(wanted.email(), wanted.password(), device, client);
        return HttpResponse.created(SignedInRepresentation.of(signedIn),
                UriBuilder.of(PATH).path(signedIn.session().id()).build());
    }

    @Override
    public HttpResponse<SignedInRepresentation> refresh(HttpRequest<byte[]> request) {
        RefreshRequest wanted = bodies.read(body(request), RefreshRequest.class);
        return HttpResponse.ok(SignedInRepresentation.of(service.refresh(wanted.refreshToken())));
    }

    @Override
    public HttpResponse<SessionListRepresentation> list(Caller caller) {
        return HttpResponse.ok(new SessionListRepresentation(service.list(caller).stream()
                .map(session -> SessionRepresentation.of(session, caller.sessionId()))
                .toList()));
    }

    @Override
    public HttpResponse<SessionRepresentation> find(Caller caller, String id) {
        Session session = service.find(caller, uuid(id).toString());
        return HttpResponse.ok(SessionRepresentation.of(session, caller.sessionId()));
    }

    @Override
    public HttpResponse<Void> end(Caller caller, String id) {
        service.end(caller, uuid(id).toString());
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<Void> endAll(Caller caller, HttpRequest<?> request) {
        QueryParameters query = new QueryParameters(request.getParameters(), List.of(EXCEPT));
        Optional<String> except = query.value(EXCEPT, CURRENT::equals, text -> text, "must be " + CURRENT);
        query.failIfInvalid();
        service.endAll(caller, except.isPresent());
        return HttpResponse.noContent();
    }

    /** Returns what the client calls itself, as far as it can be shown. */
    private static String device(Client client) {
        String shown = client.userAgent().replaceAll("\\p{C}", "").strip();
        int characters = Math.min(TextRules.LONGEST_DEVICE, shown.codePointCount(0, shown.length()));
        return shown.isEmpty() ? NAMELESS : shown.substring(0, shown.offsetByCodePoints(0, characters));
    }

    private static byte[] body(HttpRequest<byte[]> request) {
        return request.getBody().orElse(new byte[0]);
    }
}
