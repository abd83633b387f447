package dev.plinth.generator;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Generates the files of a project. It has no state, and is safe for use by several threads. */
@Singleton
public final class Generator {

    /** Returns the files that an input asks for. It cannot fail: an input that exists can be generated from. */
    public GeneratedProject generate(GenerationInput input) {
        List<GeneratedFile> files = new ArrayList<>();
        files.add(new GeneratedFile("database/schema.sql", new SqlSchema(input).text()));
        files.add(new GeneratedFile("api/openapi.json", new OpenApi(input).text()));
        files.addAll(new JavaRecords(input).files());
        files.add(new GeneratedFile(GeneratedProject.TEMPLATE, new Template(input).text()));
        files.add(new GeneratedFile(GeneratedProject.DIAGRAM, new Diagram(input).text()));
        input.settings().license().ifPresent(license ->
                files.add(new GeneratedFile("LICENSE", LicenseText.of(license, input))));
        files.add(new GeneratedFile("README.md", new Readme(input, files).text()));
        files.add(new GeneratedFile("manifest.json", new Manifest(input, files).text()));
        return new GeneratedProject(files);
    }
}
