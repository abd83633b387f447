package dev.plinth.sessions;

import dev.plinth.functions.caller.Client;
import dev.plinth.functions.json.RequestBodies;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;

/** Answers the routes of mailed codes over HTTP. */
@Controller
@Requires(env = "identity")
class CodeController implements CodeRoutes {
    private final CodeService service;
    private final RequestBodies bodies;

    CodeController(CodeService service, RequestBodies bodies) {
        this.service = service;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse<Void> requestVerification(Client client, HttpRequest<byte[]> request) {
        service.requestVerification(bodies.read(body(request), EmailRequest.class).email(), client);
        return HttpResponse.accepted();
    }

    @Override
    public HttpResponse<Void> verify(Client client, HttpRequest<byte[]> request) {
        VerificationRequest wanted = bodies.read(body(request), VerificationRequest.class);
        service.verify(wanted.email(), wanted.code(), client);
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<Void> requestPasswordReset(Client client, HttpRequest<byte[]> request) {
        service.requestPasswordReset(bodies.read(body(request), EmailRequest.class).email(), client);
        return HttpResponse.accepted();
    }

    @Override
    public HttpResponse<Void> resetPassword(Client client, HttpRequest<byte[]> request) {
        PasswordResetRequest wanted = bodies.read(body(request), PasswordResetRequest.class);
        service.resetPassword(wanted.email(), wanted.code(), wanted.password(), client);
        return HttpResponse.noContent();
    }

    private static byte[] body(HttpRequest<byte[]> request) {
        return request.getBody().orElse(new byte[0]);
    }
}
