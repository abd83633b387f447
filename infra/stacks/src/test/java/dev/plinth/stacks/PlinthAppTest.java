package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The app as the command line starts it: a process of its own, with its context in a variable. */
class PlinthAppTest {
    /** One for all: a jar holds the times of its files. */
    private static final Path JAR = Synthesis.emptyJar();

    private record Run(int exitCode, String errors, Path output) {
    }

    @Test
    void failsByOneLineOnUnknownStage() throws Exception {
        Run run = run(Map.of("stage", "live"), rootWithJar());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).isEqualToIgnoringNewLines(
                "There is no stage 'live': choose one by -c stage=dev|staging|prod");
        assertThat(run.output().resolve("manifest.json")).doesNotExist();
    }

    @Test
    void failsByOneLineOnWhatIsNoAddress() throws Exception {
        Run run = run(Map.of("mailSender", "nobody"), rootWithJar());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).isEqualToIgnoringNewLines(
                "'nobody' is no e-mail address: give one by -c mailSender=name@domain.");
    }

    @Test
    void failsByOneLineWhenTheFunctionsAreNotBuilt() throws Exception {
        Run run = run(Map.of(), Synthesis.temporaryDirectory());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors().lines()).hasSize(1);
        assertThat(run.errors()).contains("run `make build`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void writesTheSameBytesTwice(String stage) throws Exception {
        // From two directories and two processes: neither a path nor the order of a set may show.
        Map<String, String> first = contents(run(Map.of("stage", stage), rootWithJar()));
        Map<String, String> second = contents(run(Map.of("stage", stage), rootWithJar()));

        assertThat(first).hasSizeGreaterThan(10).isEqualTo(second);
    }

    private static Path rootWithJar() throws IOException {
        Path root = Synthesis.temporaryDirectory();
        Path target = Files.createDirectories(root.resolve("runtime/functions/target"));
        Files.copy(JAR, target.resolve("functions-1.0.0-lambda.jar"));
        return root;
    }

    private static Run run(Map<String, String> arguments, Path root) throws IOException, InterruptedException {
        Map<String, Object> context = new TreeMap<>(Synthesis.cdkContext());
        context.putAll(arguments);
        Path output = root.resolve("cdk.out");
        Path errors = root.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), PlinthApp.class.getName())
                .directory(root.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile());
        builder.environment().put("CDK_CONTEXT_JSON", new ObjectMapper().writeValueAsString(context));
        builder.environment().put("CDK_OUTDIR", output.toString());
        Process process = builder.start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("ended within two minutes").isTrue();
        return new Run(process.exitValue(), Files.readString(errors), output);
    }

    private static Map<String, String> contents(Run run) throws IOException {
        assertThat(run.exitCode()).as(run.errors()).isZero();
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run.output())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(run.output().relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
