package dev.plinth.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Copies of the cloud assembly in which a template is changed, as a mistake in a stack would. */
final class Assembly {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Assembly() {
    }

    /** Copies the assembly to a directory and edits one stack's template there. */
    static Path edited(Path directory, String stackName, Consumer<JsonNode> edit) {
        return edited(directory, Map.of(stackName, edit));
    }

    /** Copies the assembly to a directory and edits the templates of the named stacks there. */
    static Path edited(Path directory, Map<String, Consumer<JsonNode>> edits) {
        try (Stream<Path> files = Files.walk(Laptop.ASSEMBLY)) {
            for (Path file : files.toList()) {
                Path copy = directory.resolve(Laptop.ASSEMBLY.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            for (Map.Entry<String, Consumer<JsonNode>> edit : edits.entrySet()) {
                Path template = directory.resolve(edit.getKey() + ".template.json");
                JsonNode json = JSON.readTree(template.toFile());
                edit.getValue().accept(json);
                JSON.writeValue(template.toFile(), json);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
