package dev.plinth.queueadmin;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.QueryParameters;
import dev.plinth.functions.json.RequestBodies;
import dev.plinth.functions.paging.PageSize;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the routes of the queues over HTTP. What an operator changes is logged, with who it was. */
@Controller
class QueueController implements QueueRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(QueueController.class);

    private final QueueOverviews overviews;
    private final Queues queues;
    private final RequestBodies bodies;

    QueueController(QueueOverviews overviews, Queues queues, RequestBodies bodies) {
        this.overviews = overviews;
        this.queues = queues;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse<QueueListRepresentation> list() {
        return HttpResponse.ok(QueueListRepresentation.of(overviews.all()));
    }

    @Override
    public HttpResponse<QueueRepresentation> find(String name) {
        QueueName queue = QueueName.of(name);
        return HttpResponse.ok(QueueRepresentation.of(overviews.of(queue), queues.latestMove(queue)));
    }

    @Override
    public HttpResponse<DeadLetterListRepresentation> deadLetters(String name, HttpRequest<?> request) {
        QueueName queue = QueueName.of(name);
        QueryParameters parameters = new QueryParameters(request.getParameters(), List.of(PageSize.PARAMETER));
        int limit = PageSize.of(parameters);
        parameters.failIfInvalid();
        return HttpResponse.ok(DeadLetterListRepresentation.of(queues.deadLetters(queue, limit)));
    }

    @Override
    public HttpResponse<Void> delete(Caller caller, String name, String id) {
        QueueName queue = QueueName.of(name);
        queues.delete(queue, id);
        log("dead letter deleted", caller, queue, Optional.of(id));
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<Void> redrive(Caller caller, String name, HttpRequest<byte[]> request) {
        QueueName queue = QueueName.of(name);
        RedriveRequest wanted = bodies.read(request.getBody().orElse(new byte[0]), RedriveRequest.class).checked();
        Optional<String> id = Optional.ofNullable(wanted.id());
        id.ifPresentOrElse(one -> queues.redrive(queue, one),
                () -> queues.redriveAll(queue, Optional.ofNullable(wanted.perSecond())));
        log(id.isPresent() ? "dead letter sent back" : "all dead letters sent back", caller, queue, id);
        return HttpResponse.accepted();
    }

    private static void log(String event, Caller caller, QueueName queue, Optional<String> messageId) {
        LOG.atInfo().addKeyValue("queue", queue.text()).addKeyValue("messageId", messageId.orElse("all"))
                .addKeyValue("userId", caller.userId()).log(event);
    }
}
