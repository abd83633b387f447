package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.contract.Service;
import dev.plinth.contract.StackId;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Validations;

/**
 * A cloud assembly, made with the context of cdk.json as the command line would, and checked by cdk-nag. Each stage is
 * synthesised once for all tests, since the first synthesis of a JVM takes seconds.
 */
record Synthesis(String stage, Path directory) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Synthesis> KNOWN = new ConcurrentHashMap<>();

    /** Read once, since a test asks for one of hundreds of resources many times. No test changes them. */
    private static final Map<Path, JsonNode> TEMPLATES = new ConcurrentHashMap<>();

    /** A resource of a template, with the stack that holds it. */
    record Resource(StackId stack, String logicalId, JsonNode node) {
        JsonNode properties() {
            return node.path("Properties");
        }

        String type() {
            return node.path("Type").asText();
        }

        @Override
        public String toString() {
            return node.path("Metadata").path("aws:cdk:path").asText(logicalId);
        }
    }

    static Synthesis of(String stage) {
        return KNOWN.computeIfAbsent(stage, name -> of(Map.of(Stage.NAME_KEY, name)));
    }

    static Synthesis of(Map<String, String> context) {
        return of(context.get(Stage.NAME_KEY),
                app -> PlinthApp.define(app, stage(context), new FunctionsJar(emptyJar())));
    }

    /** Returns the stage that values of {@code -c} choose, with the context of cdk.json beneath them. */
    static Stage stage(Map<String, String> context) {
        Map<String, Object> all = cdkContext();
        all.putAll(context);
        return Stage.chosenBy(key -> (String) all.get(key));
    }

    static Synthesis of(String stage, Consumer<App> definition) {
        Path directory = temporaryDirectory();
        define(directory, definition).synth();
        return new Synthesis(stage, directory);
    }

    /** Returns what cdk-nag finds in a definition that it refuses, by construct. */
    static Map<String, String> findings(Consumer<App> definition) {
        Path directory = temporaryDirectory();
        App app = define(directory, definition);
        assertThatThrownBy(app::synth).hasMessageContaining("Validation failed");
        return elements(read(directory.resolve("validation-report.json")).at("/pluginReports/0/violations"))
                .collect(Collectors.toMap(violation -> violation.at("/violatingConstructs/0/constructPath").asText(),
                        violation -> violation.path("ruleName").asText()));
    }

    private static App define(Path directory, Consumer<App> definition) {
        App app = new App(AppProps.builder().context(cdkContext()).outdir(directory.toString()).build());
        Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
        definition.accept(app);
        return app;
    }

    JsonNode manifest() {
        return read(directory.resolve("manifest.json"));
    }

    JsonNode template(StackId stack) {
        return TEMPLATES.computeIfAbsent(directory.resolve(stack.nameIn(stage) + ".template.json"), Synthesis::read);
    }

    JsonNode metadata(StackId stack) {
        return read(directory.resolve(stack.nameIn(stage) + ".metadata.json"));
    }

    JsonNode report() {
        return read(directory.resolve("validation-report.json"));
    }

    Stream<Resource> resources() {
        return Stream.of(StackId.values()).flatMap(stack -> template(stack).path("Resources").properties().stream()
                .map(each -> new Resource(stack, each.getKey(), each.getValue())));
    }

    List<Resource> resources(String type) {
        return resources().filter(resource -> resource.type().equals(type)).toList();
    }

    /** Returns the one resource of a type. */
    Resource resource(String type) {
        List<Resource> found = resources(type);
        if (found.size() != 1) {
            throw new AssertionError("One " + type + " was expected, not " + found);
        }
        return found.get(0);
    }

    /** Returns the resource that a construct made, by the end of its path. */
    Resource at(String path) {
        List<Resource> found = resources().filter(resource -> resource.toString().endsWith("/" + path)).toList();
        if (found.size() != 1) {
            throw new AssertionError("One resource was expected at " + path + ", not " + found);
        }
        return found.get(0);
    }

    /** Returns the function of a service. */
    Resource function(Service service) {
        return resources("AWS::Lambda::Function").stream()
                .filter(function -> function.properties().at("/Environment/Variables/MICRONAUT_ENVIRONMENTS").asText()
                        .equals(service.environment()))
                .findFirst().orElseThrow(() -> new AssertionError("No function for " + service));
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Returns the texts of an array, or the one text that stands for it. */
    static List<String> texts(JsonNode node) {
        return node.isTextual() ? List.of(node.asText()) : elements(node).map(JsonNode::asText).toList();
    }

    /** Returns a value as text: references as {@code ${...}}, and exported values as what their stack exports. */
    String text(JsonNode value) {
        if (value.isTextual()) {
            return value.asText();
        }
        String intrinsic = value.fieldNames().next();
        JsonNode argument = value.path(intrinsic);
        return switch (intrinsic) {
            case "Ref" -> "${" + argument.asText() + "}";
            case "Fn::GetAtt" -> "${" + argument.get(0).asText() + "." + argument.get(1).asText() + "}";
            case "Fn::Join" -> elements(argument.get(1)).map(this::text)
                    .collect(Collectors.joining(argument.get(0).asText()));
            case "Fn::Select" -> "${" + argument.get(0).asText() + " of " + text(argument.get(1)) + "}";
            case "Fn::Split" -> text(argument.get(1));
            case "Fn::GetAZs" -> "zones";
            case "Fn::ImportValue" -> text(exported(argument.asText()));
            default -> throw new AssertionError("No text for " + value);
        };
    }

    private JsonNode exported(String name) {
        return Stream.of(StackId.values()).flatMap(stack -> elements(template(stack).path("Outputs")))
                .filter(output -> output.at("/Export/Name").asText().equals(name))
                .map(output -> output.path("Value"))
                .findFirst().orElseThrow(() -> new AssertionError("No stack exports " + name));
    }

    static Path root() {
        return Path.of("").toAbsolutePath().getParent().getParent();
    }

    static Map<String, Object> cdkContext() {
        Map<String, Object> context =
                JSON.convertValue(read(root().resolve("cdk.json")).path("context"), new TypeReference<>() { });
        // The command line adds this one, by which a template says where each resource comes from.
        context.put("aws:cdk:enable-path-metadata", true);
        return context;
    }

    static Path emptyJar() {
        return jar(Map.of());
    }

    /** Makes a jar of the given files. */
    static Path jar(Map<String, String> files) {
        Path jar = temporaryDirectory().resolve("functions.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a directory below target, so that a clean build removes it. */
    static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "assemblies")), "").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
