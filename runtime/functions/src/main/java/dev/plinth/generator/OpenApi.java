package dev.plinth.generator;

import static dev.plinth.generator.JsonTree.object;

import dev.plinth.model.Entity;
import dev.plinth.model.Field;
import dev.plinth.model.FieldType;
import dev.plinth.model.Join;
import dev.plinth.model.License;
import dev.plinth.model.Reference;
import dev.plinth.model.SchemaDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * An OpenAPI 3.1 document of an API that creates, reads, lists, replaces and deletes each entity. Names of its parts
 * that are no entities have a point, which no entity has in its name.
 */
final class OpenApi {
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String PROBLEM = "Error.Problem";
    private static final String INPUT = ".Input";
    private static final String PAGE = ".Page";
    private static final int MOST_OF_PAGE = 100;

    private final GenerationInput input;
    private final SchemaDefinition schema;

    OpenApi(GenerationInput input) {
        this.input = input;
        this.schema = input.schema();
    }

    String text() {
        JsonTree paths = object();
        JsonTree schemas = object();
        for (Entity entity : schema.entities()) {
            paths.with("/" + entity.path(), collection(entity));
            paths.with("/" + entity.path() + "/{id}", single(entity));
            schemas.with(entity.typeName(), represented(entity));
            schemas.with(entity.typeName() + INPUT, sent(entity));
            schemas.with(entity.typeName() + PAGE, page(entity));
        }
        schemas.with(PROBLEM, problem());
        return JsonText.of(object("openapi", "3.1.0")
                .with("info", info())
                .with("tags", schema.entities().stream().map(entity -> object("name", entity.typeName())
                        .with("description", entity.description())).toList())
                .with("paths", paths)
                .with("components", object("schemas", schemas).with("responses", responses()))
                .map());
    }

    private JsonTree info() {
        return object("title", input.settings().apiTitle(input.project()))
                .with("version", input.settings().apiVersion())
                .with("description", schema.description())
                .with("license", input.settings().license().map(OpenApi::license).orElse(null));
    }

    private static JsonTree license(License license) {
        return object("name", license.spdxId()).with("identifier", license.spdxId());
    }

    private JsonTree collection(Entity entity) {
        return object()
                .with("get", operation(entity, "list" + entity.pluralName(), "Lists each " + entity.typeName())
                        .with("parameters", List.of(
                                object("name", "limit").with("in", "query")
                                        .with("description", "How many a page has at most")
                                        .with("schema", object("type", "integer").with("minimum", 1)
                                                .with("maximum", MOST_OF_PAGE)),
                                object("name", "cursor").with("in", "query")
                                        .with("description", "Where the page begins: next of the page before")
                                        .with("schema", object("type", "string"))))
                        .with("responses", answers("200", "A page", entity.typeName() + PAGE, "BadRequest")))
                .with("post", operation(entity, "create" + entity.typeName(), "Creates a new " + entity.typeName())
                        .with("requestBody", body(entity))
                        .with("responses", answers("201", "It has been created", entity.typeName(),
                                "BadRequest", "Conflict")));
    }

    private JsonTree single(Entity entity) {
        return object()
                .with("parameters", List.of(object("name", "id").with("in", "path").with("required", true)
                        .with("schema", id())))
                .with("get", operation(entity, "get" + entity.typeName(), "Reads one " + entity.typeName())
                        .with("responses", answers("200", "It is this", entity.typeName(), "NotFound")))
                .with("put", operation(entity, "replace" + entity.typeName(), "Replaces one " + entity.typeName())
                        .with("requestBody", body(entity))
                        .with("responses", answers("200", "It has been replaced", entity.typeName(),
                                "BadRequest", "NotFound", "Conflict")))
                .with("delete", operation(entity, "delete" + entity.typeName(), "Deletes one " + entity.typeName())
                        .with("responses", failures(object("204", object("description", "It has been deleted")),
                                "NotFound", "Conflict")));
    }

    private static JsonTree operation(Entity entity, String id, String summary) {
        return object("operationId", id).with("summary", summary).with("tags", List.of(entity.typeName()));
    }

    private static JsonTree body(Entity entity) {
        return object("required", true).with("content", json(reference(entity.typeName() + INPUT)));
    }

    private static JsonTree answers(String status, String description, String type, String... failures) {
        return failures(object(status, object("description", description).with("content", json(reference(type)))),
                failures);
    }

    private static JsonTree failures(JsonTree answers, String... failures) {
        for (String failure : failures) {
            String status = switch (failure) {
                case "BadRequest" -> "400";
                case "NotFound" -> "404";
                default -> "409";
            };
            answers.with(status, object("$ref", "#/components/responses/" + failure));
        }
        return answers.with("default", object("$ref", "#/components/responses/Failure"));
    }

    private static JsonTree responses() {
        return object()
                .with("BadRequest", failure("The request breaks a rule"))
                .with("NotFound", failure("There is no such thing"))
                .with("Conflict", failure("It conflicts with what is there"))
                .with("Failure", failure("The request failed"));
    }

    private static JsonTree failure(String description) {
        return object("description", description).with("content",
                object("application/problem+json", object("schema", reference(PROBLEM))));
    }

    /** RFC 9457. */
    private static JsonTree problem() {
        return object("type", "object")
                .with("description", "A problem, as RFC 9457 describes it")
                .with("properties", object()
                        .with("type", object("type", "string").with("format", "uri-reference"))
                        .with("title", object("type", "string"))
                        .with("status", object("type", "integer").with("minimum", 400).with("maximum", 599))
                        .with("detail", object("type", "string"))
                        .with("instance", object("type", "string").with("format", "uri-reference")));
    }

    private JsonTree represented(Entity entity) {
        List<String> required = new ArrayList<>(List.of("id"));
        JsonTree properties = object("id", id().with("readOnly", true));
        addOwn(entity, properties, required);
        properties.with("createdAt", time().with("readOnly", true)).with("updatedAt", time().with("readOnly", true));
        required.addAll(List.of("createdAt", "updatedAt"));
        return object("type", "object").with("description", entity.description())
                .with("properties", properties).with("required", required);
    }

    private JsonTree sent(Entity entity) {
        List<String> required = new ArrayList<>();
        JsonTree properties = object();
        addOwn(entity, properties, required);
        return object("type", "object")
                .with("description", "What is sent to create or replace one " + entity.typeName())
                .with("properties", properties).with("required", required.isEmpty() ? null : required)
                .with("additionalProperties", false);
    }

    private void addOwn(Entity entity, JsonTree properties, List<String> required) {
        for (Field field : entity.fields()) {
            properties.with(field.property(), type(field));
            if (field.required()) {
                required.add(field.property());
            }
        }
        for (Reference reference : schema.references(entity)) {
            properties.with(reference.property(), object("type", nullable("string", reference.required()))
                    .with("format", "uuid").with("description", "The id of the " + reference.target().typeName()));
            if (reference.required()) {
                required.add(reference.property());
            }
        }
        for (Join join : schema.joins(entity)) {
            properties.with(join.property(), object("type", "array").with("items", id()).with("uniqueItems", true)
                    .with("description", "The ids of each " + join.target().typeName()));
        }
    }

    private static JsonTree type(Field field) {
        boolean required = field.required();
        return switch (field.type()) {
            case STRING -> object("type", nullable("string", required)).with("maxLength", field.length());
            case TEXT -> object("type", nullable("string", required));
            case INTEGER -> object("type", nullable("integer", required)).with("format", "int32");
            case LONG -> object("type", nullable("integer", required)).with("format", "int64");
            // As a string: a number of JSON loses digits in many programs.
            case DECIMAL -> object("type", nullable("string", required)).with("pattern", decimal(field));
            case BOOLEAN -> object("type", nullable("boolean", required));
            case DATE -> object("type", nullable("string", required)).with("format", "date");
            case TIMESTAMP -> object("type", nullable("string", required)).with("format", "date-time");
            case UUID -> object("type", nullable("string", required)).with("format", "uuid");
            case ENUM -> object("type", nullable("string", required)).with("enum", values(field));
        };
    }

    private static String decimal(Field field) {
        int whole = field.digits() - field.decimals();
        String before = whole == 0 ? "0" : "[0-9]{1," + whole + "}";
        return "^-?" + before + (field.decimals() == 0 ? "" : "(\\.[0-9]{1," + field.decimals() + "})?") + "$";
    }

    private static List<String> values(Field field) {
        List<String> values = new ArrayList<>(field.values());
        if (!field.required()) {
            values.add(null);
        }
        return values;
    }

    private static Object nullable(String type, boolean required) {
        return required ? type : List.of(type, "null");
    }

    private JsonTree page(Entity entity) {
        return object("type", "object")
                .with("properties", object()
                        .with("items", object("type", "array").with("items", reference(entity.typeName())))
                        .with("next", object("type", "string")
                                .with("description", "The cursor of the next page; absent on the last one")))
                .with("required", List.of("items"));
    }

    private static JsonTree id() {
        return object("type", "string").with("format", "uuid");
    }

    private static JsonTree time() {
        return object("type", "string").with("format", "date-time");
    }

    private static JsonTree reference(String type) {
        return object("$ref", SCHEMAS + type);
    }

    private static JsonTree json(JsonTree schema) {
        return object("application/json", object("schema", schema));
    }
}
