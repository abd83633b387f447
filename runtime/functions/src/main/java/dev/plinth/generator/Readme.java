package dev.plinth.generator;

import dev.plinth.model.Component;
import dev.plinth.model.ComponentType;
import dev.plinth.model.Connection;
import dev.plinth.model.Entity;
import dev.plinth.model.SchemaDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The README of an archive, in Markdown: what there is, how to use it, and what is only drawn. */
final class Readme {

    /** What Markdown and HTML read as more than a character: anywhere, at the start of a line, or after its number. */
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]<>|~&]|^[#+=-]|(?<=^\\d{1,9})[.)]");

    private static final Map<String, String> FILES = Map.of(
            "database/schema.sql", "the tables, for PostgreSQL 14 and newer",
            "api/openapi.json", "an OpenAPI 3.1 document of an API that keeps the entities",
            GeneratedProject.TEMPLATE, "a CloudFormation template of what is deployed",
            GeneratedProject.DIAGRAM, "the architecture",
            "LICENSE", "the licence");

    private final GenerationInput input;
    private final SchemaDefinition schema;
    private final List<GeneratedFile> files;
    private final StringBuilder text = new StringBuilder();

    Readme(GenerationInput input, List<GeneratedFile> files) {
        this.input = input;
        this.schema = input.schema();
        this.files = files;
    }

    String text() {
        line("# " + escaped(input.project()));
        line("");
        line("Generated from the schema " + escaped(schema.name()) + " and the architecture "
                + escaped(input.architecture().name()) + '.');
        paragraph(schema.description());
        paragraph(input.architecture().description());
        line("");
        line("![The architecture](" + GeneratedProject.DIAGRAM + ")");
        files();
        commands();
        entities();
        components();
        return text.toString();
    }

    private void files() {
        line("");
        line("## Files");
        line("");
        line("| file | what it is |");
        line("|---|---|");
        files.stream().filter(file -> FILES.containsKey(file.path())).sorted(Comparator.comparing(GeneratedFile::path))
                .forEach(file -> line("| `" + file.path() + "` | " + FILES.get(file.path()) + " |"));
        line("| `src/main/java` | the entities as Java 17 records in `"
                + input.settings().javaPackage(input.project()) + "` |");
        line("| `manifest.json` | the SHA-256 of each file |");
    }

    private void commands() {
        line("");
        line("## Commands");
        line("");
        line("```sh");
        line("psql --set ON_ERROR_STOP=1 --file database/schema.sql");
        line("javac --release 17 -encoding UTF-8 -d classes $(find src/main/java -name '*.java')");
        line("aws cloudformation deploy --stack-name my-stack --template-file " + GeneratedProject.TEMPLATE);
        line("```");
        line("");
        line("Deleting the stack deletes its tables, queues and topics with what is in them. A bucket must be emptied "
                + "first.");
    }

    private void entities() {
        line("");
        line("## Entities");
        line("");
        line("| entity | table | path | what it is |");
        line("|---|---|---|---|");
        for (Entity entity : schema.entities()) {
            line("| " + entity.typeName() + " | `" + entity.table() + "` | `/" + entity.path() + "` | "
                    + escaped(entity.description()) + " |");
        }
    }

    private void components() {
        line("");
        line("## Architecture");
        line("");
        line("Tables, queues, topics and buckets are resources of the template. Clients, APIs and services are only in "
                + "the diagram and in this list.");
        line("");
        line("| component | type | resource | what it is |");
        line("|---|---|---|---|");
        for (Component component : input.architecture().components()) {
            line("| " + component.id() + " | " + component.type().name().toLowerCase(Locale.ROOT) + " | "
                    + (component.type().deployed() ? '`' + component.logicalId() + '`' : "only shown") + " | "
                    + meaning(component) + " |");
        }
        if (!input.architecture().connections().isEmpty()) {
            line("");
            line("| from | to | what for |");
            line("|---|---|---|");
        }
        for (Connection connection : input.architecture().connections()) {
            line("| " + connection.from() + " | " + connection.to() + " | " + escaped(connection.label())
                    + (input.architecture().isSubscription(connection) ? " (a subscription)" : "") + " |");
        }
    }

    private static String meaning(Component component) {
        String kept = component.type() == ComponentType.TABLE && component.entity() != null
                ? "Keeps each " + component.entity() + '.' : "";
        return (escaped(component.description()) + ' ' + kept).strip();
    }

    private void paragraph(String words) {
        if (words != null) {
            line("");
            line(escaped(words));
        }
    }

    /** A text is one line here, and none of its characters means anything to Markdown or HTML. */
    private static String escaped(String words) {
        return words == null ? "" : SPECIAL.matcher(words.replace('\n', ' ').strip()).replaceAll("\\\\$0");
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}
