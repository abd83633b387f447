package dev.plinth.notifications;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.json.RequestBodies;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.notifications.SubscriptionService.Subscribed;
import dev.plinth.webhooks.AddressGuard;
import dev.plinth.webhooks.Delivery;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.uri.UriBuilder;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Answers the routes of subscriptions over HTTP. Whoever calls reaches their own and no others. */
@Controller
@Requires(env = "notifications")
class SubscriptionController implements SubscriptionRoutes {
    private final SubscriptionService service;
    private final AddressGuard guard;
    private final RequestBodies bodies;

    SubscriptionController(SubscriptionService service, AddressGuard guard, RequestBodies bodies) {
        this.service = service;
        this.guard = guard;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse<SubscriptionRepresentation> subscribeEmail(Caller caller, HttpRequest<byte[]> request) {
        SubscribeEmailRequest body = bodies.read(request, SubscribeEmailRequest.class, Set.of());
        return answer(service.subscribe(caller, Protocol.EMAIL, body.address(), body.interest()));
    }

    @Override
    public HttpResponse<SubscriptionRepresentation> subscribeSms(Caller caller, HttpRequest<byte[]> request) {
        SubscribeSmsRequest body = bodies.read(request, SubscribeSmsRequest.class, Set.of());
        return answer(service.subscribe(caller, Protocol.SMS, body.phoneNumber(), body.interest()));
    }

    @Override
    public HttpResponse<SubscriptionRepresentation> subscribeWebhook(Caller caller, HttpRequest<byte[]> request) {
        SubscribeWebhookRequest body = bodies.read(request, SubscribeWebhookRequest.class, Set.of());
        String url = guard.admit("/url", body.url()).toString();
        return answer(service.subscribe(caller, Protocol.WEBHOOK, url, body.interest()));
    }

    @Override
    public HttpResponse<SubscriptionRepresentation> confirm(Caller caller, HttpRequest<byte[]> request) {
        ConfirmRequest body = bodies.read(request, ConfirmRequest.class, Set.of());
        return HttpResponse.ok(SubscriptionRepresentation.of(
                service.confirm(caller, body.subscriptionId(), body.token())));
    }

    @Override
    public HttpResponse<Void> unsubscribe(Caller caller, HttpRequest<byte[]> request) {
        service.unsubscribe(caller, bodies.read(request, UnsubscribeRequest.class, Set.of()).subscriptionId());
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<SubscriptionPage> list(Caller caller, HttpRequest<?> request) {
        IdPageRequest page = IdPageRequest.of(request.getParameters(),
                List.of("subscriptions", caller.userId().toString()));
        IdPage<Subscription> found = service.list(caller, page);
        SubscriptionPage body = new SubscriptionPage(found.map(SubscriptionRepresentation::of).items(),
                page.cursor(found).orElse(null));
        return page.link(HttpResponse.ok(body), UriBuilder.of(SUBSCRIPTIONS), found);
    }

    @Override
    public HttpResponse<SubscriptionRepresentation> find(Caller caller, String id) {
        UUID subscription = uuid(id);
        return HttpResponse.ok(service.find(caller, subscription).map(SubscriptionRepresentation::of)
                .orElseGet(() -> SubscriptionRepresentation.of(service.findEnded(caller, subscription))));
    }

    @Override
    public HttpResponse<DeliveryPage> deliveries(Caller caller, String id, HttpRequest<?> request) {
        UUID subscription = uuid(id);
        IdPageRequest page = IdPageRequest.of(request.getParameters(), List.of("deliveries", subscription.toString()));
        IdPage<Delivery> found = service.deliveries(caller, subscription, page);
        DeliveryPage body = new DeliveryPage(found.map(DeliveryRepresentation::of).items(),
                page.cursor(found).orElse(null));
        return page.link(HttpResponse.ok(body),
                UriBuilder.of(SUBSCRIPTIONS).path(subscription.toString()).path("deliveries"), found);
    }

    private static HttpResponse<SubscriptionRepresentation> answer(Subscribed subscribed) {
        SubscriptionRepresentation body = SubscriptionRepresentation.of(subscribed);
        return subscribed.created()
                ? HttpResponse.created(body, UriBuilder.of(SUBSCRIPTIONS).path(body.id()).build())
                : HttpResponse.ok(body);
    }
}
