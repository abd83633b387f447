package dev.plinth.local.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.secrets.Version.Value;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The file in which secrets outlive a run. It is replaced as a whole, so a crash leaves the old one or the new one. */
record SecretsFile(Path path) {
    private static final ObjectMapper JSON = new ObjectMapper();

    List<Secret> read() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        List<Secret> secrets = new ArrayList<>();
        for (JsonNode node : JSON.readTree(path.toFile())) {
            Secret secret = new Secret(node.path("name").asText(), node.path("arn").asText(),
                    time(node.path("created")));
            secret.describe(text(node.path("description")));
            secret.madeFrom(text(node.path("origin")));
            secret.rotated(text(node.path("rotated")).map(Instant::parse));
            for (JsonNode version : node.path("versions")) {
                TreeSet<String> stages = new TreeSet<>();
                version.path("stages").forEach(stage -> stages.add(stage.asText()));
                secret.restore(new Version(version.path("id").asText(), time(version.path("created")),
                        text(version.path("value")).map(value -> new Value(value, version.path("binary").asBoolean())),
                        stages));
            }
            secrets.add(secret);
        }
        return secrets;
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.ofNullable(node.textValue());
    }

    private static Instant time(JsonNode node) {
        return Instant.parse(node.asText());
    }

    void write(Collection<Secret> secrets) throws IOException {
        ArrayNode nodes = JSON.createArrayNode();
        for (Secret secret : secrets) {
            ObjectNode node = nodes.addObject();
            node.put("name", secret.name());
            node.put("arn", secret.arn());
            node.put("created", secret.created().toString());
            node.put("description", secret.description().orElse(null));
            node.put("origin", secret.origin().orElse(null));
            node.put("rotated", secret.rotated().map(Instant::toString).orElse(null));
            ArrayNode versions = node.putArray("versions");
            for (Version version : secret.versions()) {
                ObjectNode entry = versions.addObject();
                entry.put("id", version.id());
                entry.put("created", version.created().toString());
                version.value().ifPresent(value -> entry.put("value", value.content()).put("binary", value.binary()));
                ArrayNode stages = entry.putArray("stages");
                version.stages().forEach(stages::add);
            }
        }
        Files.createDirectories(path.toAbsolutePath().getParent());
        Path part = Files.createTempFile(path.toAbsolutePath().getParent(), "secrets", ".part", ownerOnly());
        Files.write(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(nodes));
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Windows has no such permissions; there the file is as private as the user's directory. */
    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }
}
