package dev.plinth.contents;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.http.Tagged;
import dev.plinth.functions.json.RequestBodies;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.uri.UriBuilder;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Answers the routes of documents over HTTP. */
@Controller
@Requires(env = "studio")
class DocumentController implements DocumentRoutes {
    private static final ContentKind KIND = ContentKind.DOCUMENT;

    /** What clients get in a representation and may send back, to no effect. */
    private static final Set<String> READ_ONLY = Set.of("id", "projectId", "createdAt", "updatedAt");

    private final ContentService service;
    private final RequestBodies bodies;

    DocumentController(ContentService service, RequestBodies bodies) {
        this.service = service;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse<DocumentRepresentation> create(Caller caller, String id, HttpRequest<byte[]> request) {
        UUID project = uuid(id);
        DocumentRequest body = bodies.read(request, DocumentRequest.class, READ_ONLY);
        Content content = service.create(caller, KIND, project, body.title(), body.text());
        return Tagged.created(DocumentRepresentation.of(content),
                UriBuilder.of(path(project)).path(content.head().id().toString()).build(), content.revision());
    }

    @Override
    public HttpResponse<DocumentPage> list(Caller caller, String id, HttpRequest<?> request) {
        UUID project = uuid(id);
        IdPageRequest page = IdPageRequest.of(
                request.getParameters(), List.of("documents of project", project.toString()));
        IdPage<ContentHead> found = service.list(caller, KIND, project, page);
        DocumentPage body = new DocumentPage(found.map(DocumentSummary::of).items(), page.cursor(found).orElse(null));
        return page.link(HttpResponse.ok(body), UriBuilder.of(path(project)), found);
    }

    @Override
    public HttpResponse<DocumentRepresentation> find(Caller caller, String id, String documentId,
            HttpRequest<?> request) {
        Content content = service.find(caller, KIND, uuid(id), uuid("documentId", documentId));
        return Tagged.read(request, content.revision(), () -> DocumentRepresentation.of(content));
    }

    @Override
    public HttpResponse<DocumentRepresentation> replace(Caller caller, String id, String documentId,
            HttpRequest<byte[]> request) {
        UUID project = uuid(id);
        UUID document = uuid("documentId", documentId);
        DocumentRequest body = bodies.read(request, DocumentRequest.class, READ_ONLY);
        Content content = service.change(
                caller, KIND, project, document, EntityTags.ifMatch(request), body.title(), body.text());
        return Tagged.ok(DocumentRepresentation.of(content), content.revision());
    }

    @Override
    public HttpResponse<Void> remove(Caller caller, String id, String documentId, HttpRequest<?> request) {
        service.remove(caller, KIND, uuid(id), uuid("documentId", documentId), EntityTags.ifMatch(request));
        return HttpResponse.noContent();
    }

    private static String path(UUID project) {
        return "/api/projects/" + project + "/documentation";
    }
}
