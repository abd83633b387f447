package dev.plinth.orders;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.health.Health;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.http.RevisionCondition;
import dev.plinth.functions.idempotency.Creation;
import dev.plinth.functions.idempotency.IdempotencyKey;
import dev.plinth.functions.json.RequestBodies;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.uri.UriBuilder;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers the routes of the orders service over HTTP. */
@Controller(OrderRoutes.PATH)
class OrderController implements OrderRoutes {

    /** What clients get in a representation and may send back, to no effect. */
    private static final Set<String> READ_ONLY = Set.of("id", "customerId", "totalPrice", "createdAt", "updatedAt");

    private final OrderService service;
    private final RequestBodies bodies;
    private final Health health;

    OrderController(OrderService service, RequestBodies bodies, Health health) {
        this.service = service;
        this.bodies = bodies;
        this.health = health;
    }

    @Override
    public HttpResponse<OrderRepresentation> create(Caller caller, HttpRequest<byte[]> request) {
        Optional<String> key = IdempotencyKey.of(request.getHeaders());
        OrderDetails details = bodies.read(body(request), CreateOrderRequest.class, READ_ONLY).details();
        Creation<Order> creation = key.map(used -> service.createOnce(caller, details, used))
                .orElseGet(() -> new Creation<>(service.create(caller, details), false));
        URI location = UriBuilder.of(PATH).path(creation.created().id().toString()).build();
        MutableHttpResponse<OrderRepresentation> response =
                HttpResponse.created(OrderRepresentation.of(creation.created()), location);
        if (creation.replayed()) {
            response.header(IdempotencyKey.REPLAYED, "true");
        }
        return tagged(response, creation.created());
    }

    @Override
    public HttpResponse<OrderPageRepresentation> list(Caller caller, HttpRequest<?> request) {
        ListRequest list = ListRequest.of(request.getParameters(), caller);
        OrderPage page = service.list(caller, list.filter(), list.before(), list.limit());
        MutableHttpResponse<OrderPageRepresentation> response =
                HttpResponse.ok(OrderPageRepresentation.of(page, list.filter()));
        page.next().ifPresent(position -> response.header(HttpHeaders.LINK,
                "<" + list.after(position).uri(PATH) + ">; rel=\"next\""));
        return response;
    }

    @Override
    public HttpResponse<OrderRepresentation> find(Caller caller, String id, HttpRequest<?> request) {
        Order order = service.find(caller, uuid(id));
        List<String> known = request.getHeaders().getAll(EntityTags.IF_NONE_MATCH);
        MutableHttpResponse<OrderRepresentation> response = EntityTags.ifNoneMatchNames(order.revision(), known)
                ? HttpResponse.notModified()
                : HttpResponse.ok(OrderRepresentation.of(order));
        // The client may keep the order, but must ask whether it is still the latest.
        return tagged(response.header(HttpHeaders.CACHE_CONTROL, "private, no-cache"), order);
    }

    @Override
    public HttpResponse<OrderRepresentation> change(Caller caller, String id, HttpRequest<byte[]> request) {
        byte[] patch = body(request);
        Order order = service.change(caller, uuid(id), condition(request), current -> bodies
                .patch(ChangeOrderRequest.of(current), patch, ChangeOrderRequest.class, READ_ONLY)
                .change());
        return tagged(HttpResponse.ok(OrderRepresentation.of(order)), order);
    }

    @Override
    public HttpResponse<Void> remove(Caller caller, String id, HttpRequest<?> request) {
        service.remove(caller, uuid(id), condition(request));
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<Health.Report> health() {
        Health.Report report = health.report();
        return report.status() == Health.Status.UP
                ? HttpResponse.ok(report)
                : HttpResponse.<Health.Report>status(HttpStatus.SERVICE_UNAVAILABLE).body(report);
    }

    private static byte[] body(HttpRequest<byte[]> request) {
        return request.getBody().orElse(new byte[0]);
    }

    private static RevisionCondition condition(HttpRequest<?> request) {
        return EntityTags.ifMatch(request.getHeaders().getAll(EntityTags.IF_MATCH));
    }

    private static <T> HttpResponse<T> tagged(MutableHttpResponse<T> response, Order order) {
        return response.header(HttpHeaders.ETAG, EntityTags.write(order.revision()));
    }
}
