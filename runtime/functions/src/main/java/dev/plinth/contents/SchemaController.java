package dev.plinth.contents;

import dev.plinth.functions.caller.Caller;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.json.tree.JsonNode;

/** Answers the routes of schemas over HTTP. */
@Controller
@Requires(env = "studio")
class SchemaController implements SchemaRoutes {
    private static final ContentKind KIND = ContentKind.SCHEMA;

    private final Designs designs;

    SchemaController(Designs designs) {
        this.designs = designs;
    }

    @Override
    public HttpResponse<JsonNode> create(Caller caller, String id, HttpRequest<byte[]> request) {
        return designs.create(caller, KIND, id, request);
    }

    @Override
    public HttpResponse<DesignPage> list(Caller caller, String id, HttpRequest<?> request) {
        return designs.list(caller, KIND, id, request);
    }

    @Override
    public HttpResponse<JsonNode> find(Caller caller, String id, String schemaId, HttpRequest<?> request) {
        return designs.find(caller, KIND, id, schemaId, request);
    }

    @Override
    public HttpResponse<JsonNode> replace(Caller caller, String id, String schemaId, HttpRequest<byte[]> request) {
        return designs.replace(caller, KIND, id, schemaId, request);
    }

    @Override
    public HttpResponse<Void> remove(Caller caller, String id, String schemaId, HttpRequest<?> request) {
        return designs.remove(caller, KIND, id, schemaId, request);
    }
}
