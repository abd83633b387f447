package dev.plinth.generation;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.PathIds;
import dev.plinth.functions.http.QueryParameters;
import dev.plinth.functions.idempotency.Creation;
import dev.plinth.functions.idempotency.IdempotencyKey;
import dev.plinth.functions.json.RequestBodies;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.uri.UriBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Answers the routes of code generations over HTTP. */
@Controller
@Requires(env = "studio")
class GenerationController implements GenerationRoutes {

    /** What can be downloaded, as the query names it. The template is in the archive. */
    private static final Map<String, Artifact> DOWNLOADS =
            Map.of("archive", Artifact.ARCHIVE, "diagram", Artifact.DIAGRAM);

    private static final List<String> LIST_PARAMETERS =
            Stream.concat(Stream.of(PROJECT), IdPageRequest.PARAMETERS.stream()).toList();

    private final GenerationService service;
    private final RequestBodies bodies;

    GenerationController(GenerationService service, RequestBodies bodies) {
        this.service = service;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse<GenerationRepresentation> create(Caller caller, HttpRequest<byte[]> request) {
        Optional<String> key = IdempotencyKey.of(request.getHeaders());
        CreateGenerationRequest order =
                bodies.read(request.getBody().orElse(new byte[0]), CreateGenerationRequest.class);
        Creation<Generation> creation = service.order(caller, order, key);
        MutableHttpResponse<GenerationRepresentation> response =
                HttpResponse.accepted(UriBuilder.of(ALL).path(creation.created().id().toString()).build())
                        .body(GenerationRepresentation.of(creation.created()));
        return creation.replayed() ? response.header(IdempotencyKey.REPLAYED, "true") : response;
    }

    @Override
    public HttpResponse<GenerationPage> list(Caller caller, HttpRequest<?> request) {
        QueryParameters reading = new QueryParameters(request.getParameters(), LIST_PARAMETERS);
        Optional<UUID> project = reading.value(PROJECT, PathIds::isUuid, UUID::fromString, "must be a UUID");
        IdPageRequest page = IdPageRequest.of(reading,
                List.of("generations of project", project.map(UUID::toString).orElse("")));
        UUID id = project.orElseThrow(() -> Failure.invalid(Violation.Place.QUERY, PROJECT, "must be given"));
        IdPage<Generation> found = service.list(caller, id, page);
        GenerationPage body = new GenerationPage(found.map(GenerationRepresentation::of).items(),
                page.cursor(found).orElse(null));
        return page.link(HttpResponse.ok(body), UriBuilder.of(ALL).queryParam(PROJECT, id), found);
    }

    @Override
    public HttpResponse<GenerationRepresentation> find(Caller caller, String id) {
        return HttpResponse.ok(GenerationRepresentation.of(service.find(caller, uuid(id))))
                // A generation that runs is asked for again and again.
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }

    @Override
    public HttpResponse<DownloadRepresentation> download(Caller caller, String id, HttpRequest<?> request) {
        UUID generation = uuid(id);
        QueryParameters reading = new QueryParameters(request.getParameters(), List.of(OBJECT));
        Optional<Artifact> artifact = reading.value(OBJECT, DOWNLOADS::containsKey, DOWNLOADS::get,
                "must be archive or diagram");
        reading.failIfInvalid();
        return HttpResponse.ok(DownloadRepresentation.of(
                service.downloadUrl(caller, generation, artifact.orElse(Artifact.ARCHIVE))));
    }
}
