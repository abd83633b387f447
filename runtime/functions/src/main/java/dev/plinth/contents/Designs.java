package dev.plinth.contents;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.http.Tagged;
import dev.plinth.functions.json.RequestBodies;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.model.ArchitectureDefinition;
import dev.plinth.model.SchemaDefinition;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Answers requests for schemas and architectures, which differ in nothing but their rules: these are those of the
 * generator, so that whatever is kept can be generated.
 */
@Singleton
class Designs {

    /** What clients get in a representation and may send back, to no effect. */
    private static final Set<String> READ_ONLY = Set.of("id", "projectId", "createdAt", "updatedAt");

    private final ContentService service;
    private final RequestBodies bodies;
    private final JsonTree json;

    Designs(ContentService service, RequestBodies bodies, JsonTree json) {
        this.service = service;
        this.bodies = bodies;
        this.json = json;
    }

    HttpResponse<JsonNode> create(Caller caller, ContentKind kind, String projectId, HttpRequest<byte[]> request) {
        UUID project = uuid(projectId);
        Design design = design(kind, request);
        Content content = service.create(caller, kind, project, design.name(), json.write(design.json()));
        URI location = UriBuilder.of(path(kind, project)).path(content.head().id().toString()).build();
        return Tagged.created(representation(content), location, content.revision());
    }

    HttpResponse<DesignPage> list(Caller caller, ContentKind kind, String projectId, HttpRequest<?> request) {
        UUID project = uuid(projectId);
        IdPageRequest page = IdPageRequest.of(
                request.getParameters(), List.of(kind.word() + " of project", project.toString()));
        IdPage<ContentHead> found = service.list(caller, kind, project, page);
        DesignPage body = new DesignPage(found.map(DesignSummary::of).items(), page.cursor(found).orElse(null));
        return page.link(HttpResponse.ok(body), UriBuilder.of(path(kind, project)), found);
    }

    HttpResponse<JsonNode> find(Caller caller, ContentKind kind, String projectId, String id, HttpRequest<?> request) {
        Content content = service.find(caller, kind, uuid(projectId), uuid(kind.idAttribute(), id));
        return Tagged.read(request, content.revision(), () -> representation(content));
    }

    HttpResponse<JsonNode> replace(Caller caller, ContentKind kind, String projectId, String id,
            HttpRequest<byte[]> request) {
        UUID project = uuid(projectId);
        UUID contentId = uuid(kind.idAttribute(), id);
        Design design = design(kind, request);
        Content content = service.change(caller, kind, project, contentId, EntityTags.ifMatch(request), design.name(),
                json.write(design.json()));
        return Tagged.ok(representation(content), content.revision());
    }

    HttpResponse<Void> remove(Caller caller, ContentKind kind, String projectId, String id, HttpRequest<?> request) {
        service.remove(caller, kind, uuid(projectId), uuid(kind.idAttribute(), id), EntityTags.ifMatch(request));
        return HttpResponse.noContent();
    }

    private Design design(ContentKind kind, HttpRequest<byte[]> request) {
        JsonNode body = bodies.tree(request, READ_ONLY);
        if (kind == ContentKind.SCHEMA) {
            SchemaDefinition schema = SchemaDefinition.of(body);
            return new Design(schema.name(), schema.toJson());
        }
        ArchitectureDefinition architecture = ArchitectureDefinition.of(body);
        return new Design(architecture.name(), architecture.toJson());
    }

    private JsonNode representation(Content content) {
        return json.join(ContentHeadRepresentation.of(content.head()), json.read(content.text()));
    }

    private static String path(ContentKind kind, UUID project) {
        return "/api/projects/" + project + '/' + kind.quota().things();
    }

    /** A definition that the generator takes. */
    private record Design(String name, JsonNode json) {
    }
}
