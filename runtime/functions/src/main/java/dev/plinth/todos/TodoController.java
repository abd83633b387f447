package dev.plinth.todos;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.http.RevisionCondition;
import dev.plinth.functions.idempotency.Creation;
import dev.plinth.functions.idempotency.IdempotencyKey;
import dev.plinth.functions.json.RequestBodies;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.uri.UriBuilder;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Answers the routes of the todos service over HTTP. Whoever calls reaches their own todos and no others. */
@Controller
@Requires(env = "todos")
class TodoController implements TodoRoutes {

    /** What clients get in a representation and may send back, to no effect. */
    private static final Set<String> READ_ONLY = Set.of("id", "createdAt", "updatedAt", "expiresAt");

    private final TodoService service;
    private final RequestBodies bodies;

    TodoController(TodoService service, RequestBodies bodies) {
        this.service = service;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse<TodoRepresentation> create(Caller caller, String id, HttpRequest<byte[]> request) {
        UUID user = self(caller, id);
        Optional<String> key = IdempotencyKey.of(request.getHeaders());
        TodoDetails details = bodies.read(body(request), CreateTodoRequest.class, READ_ONLY).details();
        Creation<Todo> creation = key.map(used -> service.createOnce(user, details, used))
                .orElseGet(() -> new Creation<>(service.create(user, details), false));
        URI location = UriBuilder.of(TODOS).path(creation.created().id().toString()).build();
        MutableHttpResponse<TodoRepresentation> response =
                HttpResponse.created(TodoRepresentation.of(creation.created()), location);
        if (creation.replayed()) {
            response.header(IdempotencyKey.REPLAYED, "true");
        }
        return tagged(response, creation.created());
    }

    @Override
    public HttpResponse<TodoPageRepresentation> list(Caller caller, String id, HttpRequest<?> request) {
        UUID user = self(caller, id);
        TodoListRequest list = TodoListRequest.of(request.getParameters(), user);
        TodoPage page = service.list(user, list.filter(), list.after(), list.limit());
        Optional<String> next = page.next().map(list::cursor);
        MutableHttpResponse<TodoPageRepresentation> response =
                HttpResponse.ok(TodoPageRepresentation.of(page, next.orElse(null)));
        next.ifPresent(cursor -> response.header(HttpHeaders.LINK,
                "<" + list.uri("/users/" + user + TODOS, cursor) + ">; rel=\"next\""));
        return response;
    }

    @Override
    public HttpResponse<TodoRepresentation> find(Caller caller, String id, HttpRequest<?> request) {
        Todo todo = service.find(caller.userId(), uuid(id));
        List<String> known = request.getHeaders().getAll(EntityTags.IF_NONE_MATCH);
        MutableHttpResponse<TodoRepresentation> response = EntityTags.ifNoneMatchNames(todo.revision(), known)
                ? HttpResponse.notModified()
                : HttpResponse.ok(TodoRepresentation.of(todo));
        // The client may keep the todo, but must ask whether it is still the latest.
        return tagged(response.header(HttpHeaders.CACHE_CONTROL, "private, no-cache"), todo);
    }

    @Override
    public HttpResponse<TodoRepresentation> replace(Caller caller, String id, HttpRequest<byte[]> request) {
        UUID todoId = uuid(id);
        RevisionCondition condition = condition(request);
        TodoChange change = bodies.read(body(request), ReplaceTodoRequest.class, READ_ONLY).change();
        Todo todo = service.change(caller.userId(), todoId, condition, change);
        return tagged(HttpResponse.ok(TodoRepresentation.of(todo)), todo);
    }

    @Override
    public HttpResponse<Void> remove(Caller caller, String id, HttpRequest<?> request) {
        service.remove(caller.userId(), uuid(id), condition(request));
        return HttpResponse.noContent();
    }

    private static UUID self(Caller caller, String id) {
        UUID user = uuid(id);
        caller.requireSelf(user);
        return user;
    }

    private static byte[] body(HttpRequest<byte[]> request) {
        return request.getBody().orElse(new byte[0]);
    }

    private static RevisionCondition condition(HttpRequest<?> request) {
        return EntityTags.ifMatch(request.getHeaders().getAll(EntityTags.IF_MATCH));
    }

    private static <T> HttpResponse<T> tagged(MutableHttpResponse<T> response, Todo todo) {
        return response.header(HttpHeaders.ETAG, EntityTags.write(todo.revision()));
    }
}
