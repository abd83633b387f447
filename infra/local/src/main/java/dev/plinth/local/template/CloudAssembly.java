package dev.plinth.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code cdk synth} wrote: the stacks in the order in which they are deployed, and the file assets. */
public final class CloudAssembly {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> WITHOUT_EFFECT = Set.of("cdk:tree", "cdk:feature-flag-report");

    private final Path directory;
    private final List<StackArtifact> stacks;
    private final List<FileAsset> assets;

    private CloudAssembly(Path directory, List<StackArtifact> stacks, List<FileAsset> assets) {
        this.directory = directory;
        this.stacks = List.copyOf(stacks);
        this.assets = List.copyOf(assets);
    }

    /**
     * Reads a cloud assembly and checks all its templates, so that nothing is created for a template that cannot be
     * honoured.
     *
     * @param cdkOut the directory that {@code cdk synth} wrote, usually {@code cdk.out}
     * @throws TemplateException if there is no assembly, or something in it is not supported
     */
    public static CloudAssembly read(Path cdkOut) {
        Path directory = cdkOut.toAbsolutePath().normalize();
        Path manifestFile = directory.resolve("manifest.json");
        if (!Files.isRegularFile(manifestFile)) {
            throw new TemplateException(
                    "No cloud assembly in " + directory + ". Run `make synth` first, which writes it.");
        }
        JsonNode manifest = readJson(manifestFile);
        refuseMissingContext(manifest);
        Map<String, StackArtifact> stacks = new LinkedHashMap<>();
        List<FileAsset> assets = new ArrayList<>();
        manifest.path("artifacts").properties().forEach(artifact -> {
            String id = artifact.getKey();
            JsonNode body = artifact.getValue();
            String type = body.path("type").asText();
            if (type.equals("aws:cloudformation:stack")) {
                stacks.put(id, readStack(directory, id, body));
            } else if (type.equals("cdk:asset-manifest")) {
                assets.addAll(readAssets(directory, id, body.path("properties").path("file").asText()));
            } else if (!WITHOUT_EFFECT.contains(type)) {
                throw refuseArtifact(id, body, type);
            }
        });
        return new CloudAssembly(directory, sort(stacks, directory), assets);
    }

    /** Returns the directory of the assembly, absolute. */
    public Path directory() {
        return directory;
    }

    /**
     * Returns the account and region to deploy to: those that the app fixed, or the local account in the given region
     * if the app leaves them open.
     *
     * @throws TemplateException if the stacks are meant for several accounts or regions
     */
    public Pseudo pseudo(String defaultRegion) {
        Set<StackArtifact.Environment> fixed = new LinkedHashSet<>();
        stacks.forEach(stack -> stack.environment().ifPresent(fixed::add));
        if (fixed.size() > 1) {
            throw new TemplateException("The stacks in " + directory + " are meant for several environments, " + fixed
                    + "; one account and region is supported.");
        }
        Pseudo local = Pseudo.local(defaultRegion);
        return fixed.stream().findFirst()
                .map(one -> new Pseudo(one.account(), one.region(), local.partition(), local.urlSuffix()))
                .orElse(local);
    }

    /** Returns the file assets by the place where the templates expect them. */
    public FileAssets assets(Pseudo pseudo) {
        return FileAssets.of(assets, pseudo);
    }

    List<StackArtifact> stacks() {
        return stacks;
    }

    private static void refuseMissingContext(JsonNode manifest) {
        for (JsonNode missing : manifest.path("missing")) {
            throw new TemplateException("The cloud assembly lacks the context " + missing.path("key").asText()
                    + ", which is looked up in an account. Supported are apps that synthesise without look-ups.");
        }
    }

    private static TemplateException refuseArtifact(String id, JsonNode body, String type) {
        if (type.equals("cdk:cloud-assembly")) {
            String name = body.path("properties").path("displayName").asText(id);
            return new TemplateException("The cloud assembly holds the nested assembly " + name
                    + " (a CDK Stage). Supported are stacks at the top level, which `cdk deploy --all` deploys.");
        }
        return new TemplateException("The cloud assembly holds the artifact " + id + " of type " + type
                + ". Supported are aws:cloudformation:stack, cdk:asset-manifest, cdk:tree, cdk:feature-flag-report.");
    }

    private static StackArtifact readStack(Path directory, String id, JsonNode body) {
        JsonNode properties = body.path("properties");
        String name = properties.path("stackName").asText(id);
        Path file = directory.resolve(properties.path("templateFile").asText());
        if (!Files.isRegularFile(file)) {
            throw new TemplateException("Stack " + name + " has no template at " + file + ". Run `make synth` again.");
        }
        Map<String, String> constructPaths = new HashMap<>();
        collectConstructPaths(body.path("metadata"), constructPaths);
        if (body.hasNonNull("additionalMetadataFile")) {
            Path metadata = directory.resolve(body.get("additionalMetadataFile").asText());
            collectConstructPaths(readJson(metadata), constructPaths);
        }
        Map<String, String> parameters = new HashMap<>();
        properties.path("parameters").properties()
                .forEach(parameter -> parameters.put(parameter.getKey(), parameter.getValue().asText()));
        List<String> dependencies = new ArrayList<>();
        body.path("dependencies").forEach(dependency -> dependencies.add(dependency.asText()));
        return new StackArtifact(id, name, environment(body, name), dependencies,
                TemplateParser.parse(name, readJson(file), constructPaths, parameters));
    }

    /** Reads the entries that the CDK keeps beside the template: construct path to logical id. */
    private static void collectConstructPaths(JsonNode metadata, Map<String, String> constructPaths) {
        metadata.properties().forEach(construct -> construct.getValue().forEach(entry -> {
            if (entry.path("type").asText().equals("aws:cdk:logicalId")) {
                constructPaths.put(entry.path("data").asText(), construct.getKey().replaceFirst("^/", ""));
            }
        }));
    }

    private static Optional<StackArtifact.Environment> environment(JsonNode body, String stackName) {
        String text = body.path("environment").asText("aws://unknown-account/unknown-region");
        String[] parts = text.replaceFirst("^aws://", "").split("/");
        if (parts.length != 2) {
            throw Place.of(stackName).refuse("the environment " + text, "aws://<account>/<region>");
        }
        boolean anyAccount = parts[0].equals("unknown-account");
        boolean anyRegion = parts[1].equals("unknown-region");
        if (anyAccount != anyRegion) {
            throw Place.of(stackName)
                    .refuse("the environment " + text, "account and region both fixed, or both left open");
        }
        return anyAccount ? Optional.empty() : Optional.of(new StackArtifact.Environment(parts[0], parts[1]));
    }

    private static List<FileAsset> readAssets(Path directory, String id, String file) {
        JsonNode manifest = readJson(directory.resolve(file));
        if (!manifest.path("dockerImages").isEmpty()) {
            String names = String.join(", ", manifest.path("dockerImages").properties().stream()
                    .map(image -> image.getValue().path("displayName").asText(image.getKey())).toList());
            throw new TemplateException("The asset manifest " + id + " holds container images (" + names
                    + "). Supported are file assets.");
        }
        List<FileAsset> assets = new ArrayList<>();
        manifest.path("files").properties().forEach(asset -> {
            JsonNode source = asset.getValue().path("source");
            String name = asset.getValue().path("displayName").asText(asset.getKey());
            if (!source.hasNonNull("path")) {
                throw new TemplateException("The asset " + name + " in " + id
                        + " has no path but is made by a command. Supported are assets with a path.");
            }
            Path path = directory.resolve(source.get("path").asText()).normalize();
            asset.getValue().path("destinations").forEach(destination -> assets.add(new FileAsset(
                    name, path, destination.path("bucketName").asText(), destination.path("objectKey").asText())));
        });
        return assets;
    }

    private static List<StackArtifact> sort(Map<String, StackArtifact> stacks, Path directory) {
        Map<String, List<String>> dependencies = new LinkedHashMap<>();
        // A stack depends on its asset manifest as well, which is no stack.
        stacks.forEach((id, stack) ->
                dependencies.put(id, stack.dependencies().stream().filter(stacks::containsKey).toList()));
        return DependencyOrder.sort(dependencies, cycle ->
                        new TemplateException("The stacks in " + directory + " depend on each other: " + cycle + "."))
                .stream().map(stacks::get).toList();
    }

    private static JsonNode readJson(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new TemplateException(file + " is not JSON: " + e.getOriginalMessage()
                    + (e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr())
                    + ". Run `make synth` again.", e);
        } catch (IOException e) {
            throw new TemplateException(file + " cannot be read: " + e.getMessage() + ". Run `make synth` again.", e);
        }
    }
}
