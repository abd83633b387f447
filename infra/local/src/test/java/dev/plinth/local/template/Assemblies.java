package dev.plinth.local.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes cloud assemblies for tests, in the shape that the CDK gives them. */
public final class Assemblies {
    private final Path directory;
    private final List<String> artifacts = new ArrayList<>();

    private Assemblies(Path directory) {
        this.directory = directory;
    }

    public static Assemblies in(Path directory) {
        return new Assemblies(directory);
    }

    /** Reads an assembly of one stack called Shop, whose template is given. */
    static CloudAssembly single(Path directory, String template) {
        return in(directory).stack("Shop", template).read();
    }

    public Assemblies stack(String name, String template, String... dependencies) {
        file(name + ".template.json", template);
        List<String> quoted = List.of(dependencies).stream().map(id -> "\"" + id + "\"").toList();
        return artifact(name, """
                {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region",
                 "properties": {"templateFile": "%s.template.json"}, "dependencies": %s}""".formatted(name, quoted));
    }

    public Assemblies artifact(String id, String body) {
        artifacts.add("\"" + id + "\": " + body);
        return this;
    }

    public Assemblies file(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public CloudAssembly read() {
        file("manifest.json", "{\"version\": \"54.0.0\", \"artifacts\": {" + String.join(",", artifacts) + "}}");
        return CloudAssembly.read(directory);
    }
}
