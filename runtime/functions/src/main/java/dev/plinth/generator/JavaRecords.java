package dev.plinth.generator;

import dev.plinth.model.Entity;
import dev.plinth.model.Field;
import dev.plinth.model.FieldType;
import dev.plinth.model.Join;
import dev.plinth.model.Reference;
import dev.plinth.model.SchemaDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A record for each entity, an enum for each enumeration, and their package, in Java 17. */
final class JavaRecords {
    private static final String UTIL = "java.util";
    private static final String TIME = "java.time";
    private static final String LANG = "java.lang";

    private final GenerationInput input;
    private final SchemaDefinition schema;
    private final String packageName;
    private final Set<String> generated;

    JavaRecords(GenerationInput input) {
        this.input = input;
        this.schema = input.schema();
        this.packageName = input.settings().javaPackage(input.project());
        this.generated = schema.entities().stream()
                .flatMap(entity -> Stream.concat(Stream.of(entity.typeName()),
                        enumerations(entity).map(entity::enumName)))
                .collect(Collectors.toSet());
    }

    List<GeneratedFile> files() {
        List<GeneratedFile> files = new ArrayList<>();
        files.add(file("package-info", "/**\n * The entities of " + javadoc(input.project()) + ".\n */\n"
                + "package " + packageName + ";\n"));
        for (Entity entity : schema.entities()) {
            files.add(file(entity.typeName(), record(entity)));
            enumerations(entity).forEach(field -> files.add(file(entity.enumName(field), enumeration(entity, field))));
        }
        return files;
    }

    private GeneratedFile file(String type, String source) {
        return new GeneratedFile("src/main/java/" + packageName.replace('.', '/') + '/' + type + ".java", source);
    }

    private static Stream<Field> enumerations(Entity entity) {
        return entity.fields().stream().filter(field -> field.type() == FieldType.ENUM);
    }

    private String enumeration(Entity entity, Field field) {
        return "package " + packageName + ";\n\n"
                + "/** What " + field.property() + " of " + entity.typeName() + " can be. */\n"
                + "public enum " + entity.enumName(field) + " {\n    "
                + String.join(",\n    ", field.values()) + "\n}\n";
    }

    private String record(Entity entity) {
        JavaNames names = new JavaNames(generated);
        List<Part> parts = parts(entity, names);
        StringBuilder source = new StringBuilder();
        source.append("\n/**\n * ").append(entity.description() == null ? "The entity " + entity.name() + '.'
                : javadoc(entity.description())).append("\n *\n");
        parts.forEach(part -> source.append(" * @param ").append(part.name).append(' ').append(part.meaning)
                .append('\n'));
        source.append(" */\npublic record ").append(entity.typeName()).append("(\n");
        source.append(parts.stream().map(part -> "        " + part.type + ' ' + part.name)
                .collect(Collectors.joining(",\n"))).append(") {\n\n");
        source.append("    /** Refuses a null for what is required, and copies lists. */\n    public ")
                .append(entity.typeName()).append(" {\n");
        for (Part part : parts) {
            if (part.list) {
                source.append("        ").append(part.name).append(" = ").append(names.of(UTIL, "List"))
                        .append(".copyOf(").append(part.name).append(");\n");
            } else if (part.required) {
                source.append("        ").append(names.of(UTIL, "Objects")).append(".requireNonNull(")
                        .append(part.name).append(", \"").append(part.name).append("\");\n");
            }
        }
        source.append("    }\n}\n");
        String imports = names.imports().stream().map(type -> "import " + type + ";\n").collect(Collectors.joining());
        return "package " + packageName + ";\n\n" + imports + source;
    }

    private List<Part> parts(Entity entity, JavaNames names) {
        String uuid = names.of(UTIL, "UUID");
        String instant = names.of(TIME, "Instant");
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(uuid, "id", "which one it is", true, false));
        for (Field field : entity.fields()) {
            parts.add(new Part(type(entity, field, names), field.property(),
                    "the " + field.name() + (field.required() ? "" : "; null when it has none"),
                    field.required(), false));
        }
        for (Reference reference : schema.references(entity)) {
            parts.add(new Part(uuid, reference.property(), "the id of the " + reference.target().typeName()
                    + (reference.required() ? "" : "; null when it has none"), reference.required(), false));
        }
        for (Join join : schema.joins(entity)) {
            parts.add(new Part(names.of(UTIL, "List") + '<' + uuid + '>', join.property(),
                    "the ids of each " + join.target().typeName() + ", or none", true, true));
        }
        parts.add(new Part(instant, "createdAt", "when it was created", true, false));
        parts.add(new Part(instant, "updatedAt", "when it was changed last", true, false));
        return parts;
    }

    private static String type(Entity entity, Field field, JavaNames names) {
        return switch (field.type()) {
            case STRING, TEXT -> names.of(LANG, "String");
            case INTEGER -> names.of(LANG, "Integer");
            case LONG -> names.of(LANG, "Long");
            case DECIMAL -> names.of("java.math", "BigDecimal");
            case BOOLEAN -> names.of(LANG, "Boolean");
            case DATE -> names.of(TIME, "LocalDate");
            case TIMESTAMP -> names.of(TIME, "Instant");
            case UUID -> names.of(UTIL, "UUID");
            case ENUM -> entity.enumName(field);
        };
    }

    /** Java reads backslashes before it knows comments, and Javadoc reads HTML and tags. */
    private static String javadoc(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\\", "&#92;")
                .replace("*/", "*&#47;").replace("@", "&#64;").replace("\n", "\n * ").replace(" * \n", " *\n");
    }

    private record Part(String type, String name, String meaning, boolean required, boolean list) {
    }
}
