package dev.plinth.functions.echo;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.caller.Client;
import dev.plinth.functions.json.RequestBodies;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what reached it, so that a test can compare it with what was sent. */
@Controller("/echo")
@Requires(env = "echo")
class EchoController {
    @Serdeable
    record Note(@NotBlank String text) {
    }

    @Serdeable
    record Page(List<String> items, @Nullable String next) {
    }

    private final RequestBodies bodies;

    EchoController(RequestBodies bodies) {
        this.bodies = bodies;
    }

    @Get("/things/{name}")
    Map<String, Object> thing(HttpRequest<?> request, String name) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("name", name);
        seen.put("uri", request.getUri().toString());
        Map<String, List<String>> query = new LinkedHashMap<>();
        request.getParameters().forEach((key, values) -> query.put(key, values));
        seen.put("query", query);
        Map<String, String> cookies = new LinkedHashMap<>();
        request.getCookies().getAll().forEach(cookie -> cookies.put(cookie.getName(), cookie.getValue()));
        seen.put("cookies", cookies);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        request.getHeaders().forEach((key, values) -> headers.put(key.toLowerCase(Locale.ROOT), values));
        seen.put("headers", headers);
        return seen;
    }

    @Get("/caller")
    Map<String, String> caller(Caller caller, Client client) {
        return Map.of("userId", caller.userId().toString(), "sessionId", caller.sessionId(),
                "role", caller.role().name(), "sourceIp", client.sourceIp(), "userAgent", client.userAgent());
    }

    @Post("/bytes")
    @Consumes("*/*")
    @Produces("application/octet-stream")
    byte[] bytes(@Body byte[] body) {
        return body;
    }

    @Get("/picture")
    @Produces("image/webp")
    byte[] picture() {
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        return every;
    }

    @Get("/cookies")
    HttpResponse<Page> cookies() {
        return HttpResponse.ok(new Page(List.of(), null))
                .cookie(Cookie.of("session", "a=b, c").httpOnly(true).path("/"))
                .cookie(Cookie.of("theme", "dark"))
                .header("Link", "</a>; rel=\"next\"")
                .header("Link", "</b>; rel=\"prev\"")
                .header("Cache-Control", "max-age=60");
    }

    @Delete("/things/{name}")
    HttpResponse<Void> delete(String name) {
        return HttpResponse.noContent();
    }

    @Get("/number{?limit}")
    String number(@QueryValue int limit) {
        return Integer.toString(limit);
    }

    @Get("/paths/{id}")
    String path(@PathVariable int id) {
        return Integer.toString(id);
    }

    @Get("/header")
    String header(@Header("If-Match") String match) {
        return match;
    }

    @Post("/notes")
    @Consumes("application/json")
    Note note(@Body byte[] body) {
        return bodies.read(body, Note.class);
    }

    @Post("/serde")
    Note serde(@Body Note note) {
        return note;
    }

    @Get("/failures/{kind}")
    String failure(Kind kind) {
        if (kind == Kind.UNAVAILABLE) {
            throw Failure.unavailable("The table is busy.", Duration.ofMillis(1500),
                    new IllegalStateException("secret"));
        }
        throw new Failure(kind, "It is so.", List.of(
                new Violation(Violation.Place.BODY, "/a", "one"), new Violation(Violation.Place.QUERY, "b", "two"),
                new Violation(Violation.Place.HEADER, "C", "three"), new Violation(Violation.Place.PATH, "d", "four")));
    }

    @Get("/crash")
    String crash() {
        throw new IllegalStateException("secret password");
    }

    @Get("/error")
    String error() {
        throw new AssertionError("secret password");
    }

    @Get("/unserialisable")
    Object unserialisable() {
        return new Object() {
            @Override
            public String toString() {
                return "secret password";
            }
        };
    }

    @Get("/unwritable")
    InputStream unwritable() {
        return new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("secret password");
            }
        };
    }
}
