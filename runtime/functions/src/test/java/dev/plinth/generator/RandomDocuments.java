package dev.plinth.generator;

import dev.plinth.failure.Failure;
import dev.plinth.model.ArchitectureDefinition;
import dev.plinth.model.ProjectSettings;
import dev.plinth.model.SchemaDefinition;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Documents out of names that make trouble somewhere. Many are refused; what is left is what people could store. A seed
 * always gives the same one.
 */
final class RandomDocuments {
    private static final List<String> ENTITIES = List.of("Order", "OrderLine", "Customer", "String", "Objects", "List",
            "UUID", "Instant", "Integer", "Record", "Object", "Enum", "BigDecimal", "LocalDate", "Boolean", "Long",
            "Problem", "Page", "Input", "Person", "Category", "HTTPServer2", "x", "Java", "Class", "Box", "Series",
            "DataKey", "Group", "User", "Override", "Thread", "Index", "Value", "Item", "aB", "Ab", "Z9z", "Interval",
            "A234567890123456789012345678901234567890123456789012345678");
    private static final List<String> FIELDS = List.of("value", "type", "name", "record", "var", "yield", "sealed",
            "when", "index", "key", "data", "date", "time", "timestamp", "interval", "values", "row", "between",
            "coalesce", "permits", "module", "exists", "setof", "string", "list", "uuid", "objects", "instant", "URL",
            "x1", "aB", "status", "state", "lang", "util", "com", "example", "precision", "position", "user", "class",
            "order", "kind", "n", "e", "requireNonNull", "copyOf", "customerId", "orderId", "equals", "length", "oid",
            "a234567890123456789012345678901234567890123456789012345678901");
    private static final List<String> VALUES =
            List.of("OPEN", "Closed", "sent_back", "A", "b2", "name", "values", "String", "record");
    private static final List<String> TEXTS = List.of("It's \"quoted\" \\ */ <b>&amp;</b>", "\\u002a/ \\u000a // -- /*",
            "Two\nlines\n\nand {@code x} @param y ${z} {{a}} [b](c) |d|", "\uD83D\uDE80 gr\u00fc\u00dfe \u4e2d\u6587",
            "]]> <!-- --> <?x?> </desc><script>alert(1)</script>", "$$ :name ? {d '2020'} %s *", "plain");
    private static final List<String> IDS = List.of("orders", "Orders2", "ordersTable", "queue", "events",
            "eventsTopic", "web", "api", "worker", "files", "deadLetters", "ordersDeadLetter", "ordersQueue", "a", "B7",
            "topic", "Con",
            "x234567890123456789012345678901234567890123456789012345678901234".substring(0, 63));

    private final Random random;

    RandomDocuments(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Returns what can be generated from; empty when some part of it was refused.
     *
     * @param space the schema of its tables, and the last part of its package
     */
    Optional<GenerationInput> input(String space) {
        try {
            Map<String, String> settings = new LinkedHashMap<>(Map.of("sql-schema", space, "java-package",
                    pick(List.of("a", "com.example.list", "org.java.util", "x.y_z.w2")) + '.' + space));
            if (random.nextBoolean()) {
                settings.put("license", pick(List.of("MIT", "ISC", "Apache-2.0", "BSD-3-Clause")));
                settings.put("api-title", pick(List.of("The API", "\"A\" & <B>")));
                settings.put("api-version", "0.10.2");
            }
            return Optional.of(new GenerationInput(pick(TEXTS), SchemaDefinition.of(schema()),
                    ArchitectureDefinition.of(architecture()), ProjectSettings.of(settings)));
        } catch (Failure refused) {
            return Optional.empty();
        }
    }

    private JsonNode schema() {
        List<String> names = some(ENTITIES, 1 + random.nextInt(8));
        List<JsonNode> entities = new ArrayList<>();
        for (String name : names) {
            List<JsonNode> fields = some(FIELDS, random.nextInt(9)).stream().map(this::field).toList();
            List<JsonNode> relations = some(FIELDS, random.nextInt(3)).stream()
                    .map(relation -> relation(relation, names)).toList();
            entities.add(object("name", text(name), "description", text(pick(TEXTS)),
                    "fields", JsonNode.createArrayNode(fields), "relations", JsonNode.createArrayNode(relations)));
        }
        return object("name", text("Random"), "description", text(pick(TEXTS)),
                "entities", JsonNode.createArrayNode(entities));
    }

    private JsonNode field(String name) {
        String type = pick(List.of("STRING", "TEXT", "INTEGER", "LONG", "DECIMAL", "BOOLEAN", "DATE", "TIMESTAMP",
                "UUID", "ENUM"));
        Map<String, JsonNode> field = new LinkedHashMap<>();
        field.put("name", text(name));
        field.put("type", text(type));
        field.put("required", JsonNode.createBooleanNode(random.nextBoolean()));
        field.put("unique", JsonNode.createBooleanNode(!type.equals("TEXT") && random.nextInt(4) == 0));
        if (type.equals("STRING") && random.nextBoolean()) {
            field.put("maxLength", JsonNode.createNumberNode(1 + random.nextInt(500)));
        }
        if (type.equals("DECIMAL") && random.nextBoolean()) {
            int precision = 1 + random.nextInt(38);
            field.put("precision", JsonNode.createNumberNode(precision));
            field.put("scale", JsonNode.createNumberNode(random.nextInt(precision + 1)));
        }
        if (type.equals("ENUM")) {
            field.put("values", JsonNode.createArrayNode(some(VALUES, 1 + random.nextInt(5)).stream()
                    .map(RandomDocuments::text).toList()));
        }
        return JsonNode.createObjectNode(field);
    }

    private JsonNode relation(String name, List<String> targets) {
        String kind = pick(List.of("MANY_TO_ONE", "ONE_TO_ONE", "ONE_TO_MANY", "MANY_TO_MANY"));
        return object("name", text("to" + name.substring(0, Math.min(58, name.length()))), "kind", text(kind),
                "target", text(pick(targets)), "required",
                JsonNode.createBooleanNode(!kind.equals("MANY_TO_MANY") && random.nextInt(4) == 0));
    }

    private JsonNode architecture() {
        List<JsonNode> components = new ArrayList<>();
        List<String> ids = some(IDS, 1 + random.nextInt(12));
        for (String id : ids) {
            String type = pick(List.of("CLIENT", "API", "SERVICE", "TABLE", "QUEUE", "TOPIC", "BUCKET"));
            Map<String, JsonNode> component = new LinkedHashMap<>();
            component.put("id", text(id));
            component.put("type", text(type));
            component.put("description", text(pick(TEXTS).replace('\n', ' ')));
            if (type.equals("TABLE") && random.nextBoolean()) {
                component.put("timeToLive", text("expiresAt"));
            }
            if (type.equals("QUEUE") && random.nextBoolean()) {
                component.put("visibilitySeconds", JsonNode.createNumberNode(random.nextInt(43_201)));
                component.put("maxReceives", JsonNode.createNumberNode(1 + random.nextInt(1000)));
            }
            if (type.equals("BUCKET") && random.nextBoolean()) {
                component.put("expireDays", JsonNode.createNumberNode(1 + random.nextInt(3650)));
            }
            components.add(JsonNode.createObjectNode(component));
        }
        List<JsonNode> connections = new ArrayList<>();
        for (String from : ids) {
            for (String to : ids) {
                if (!from.equals(to) && random.nextInt(4) == 0) {
                    connections.add(object("from", text(from), "to", text(to),
                            "label", random.nextBoolean() ? text("<reads & \"writes\">") : JsonNode.nullNode()));
                }
            }
        }
        return object("name", text("Random"), "components", JsonNode.createArrayNode(components),
                "connections", JsonNode.createArrayNode(connections));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private List<String> some(List<String> list, int count) {
        List<String> left = new ArrayList<>(list);
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(left.remove(random.nextInt(left.size())));
        }
        return chosen;
    }

    private static JsonNode text(String text) {
        return JsonNode.createStringNode(text);
    }

    private static JsonNode object(Object... namesAndValues) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], (JsonNode) namesAndValues[i + 1]);
        }
        return JsonNode.createObjectNode(fields);
    }
}
