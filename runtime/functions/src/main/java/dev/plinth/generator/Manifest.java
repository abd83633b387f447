package dev.plinth.generator;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which files an archive has, each with its size and its digest, so that anybody can tell whether one has changed. */
final class Manifest {
    private static final int FORMAT = 1;

    private final GenerationInput input;
    private final List<GeneratedFile> files;

    Manifest(GenerationInput input, List<GeneratedFile> files) {
        this.input = input;
        this.files = files;
    }

    String text() {
        List<Map<String, Object>> entries = files.stream().sorted(Comparator.comparing(GeneratedFile::path))
                .map(file -> JsonTree.object("path", file.path()).with("bytes", file.bytes().length)
                        .with("sha256", Digests.sha256(file.bytes())).map())
                .collect(Collectors.toList());
        return JsonText.of(JsonTree.object("format", FORMAT).with("project", input.project())
                .with("schema", input.schema().name()).with("architecture", input.architecture().name())
                .with("files", entries).map());
    }
}
