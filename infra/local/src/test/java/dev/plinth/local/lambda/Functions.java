package dev.plinth.local.lambda;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Real functions for tests: the handler in a jar, the bootstrap in another, and processes that run them. */
public final class Functions {
    public static final String ARN = "arn:aws:lambda:eu-west-1:000000000000:function:";

    private Functions() {
    }

    /** Starts a host of functions whose processes get the keys of a role named test. */
    public static Lambda host(Path directory, int processes, BiConsumer<String, String> log) throws IOException {
        Path ours = jar(directory.resolve("bootstrap.jar"), Path.of("target/classes"), "dev/plinth/local/bootstrap/", "com/");
        List<Path> runtime = List.of(ours, jarOf(RequestStreamHandler.class), jarOf(Core.class));
        return new Lambda(new Lambda.Options(directory.resolve("store"), runtime, processes, RuntimeClientKind.PORTABLE),
                "http://127.0.0.1:1", "eu-west-1", role -> new RoleCredentials.Credentials("key-" + role, "secret", "token"), log);
    }

    public static FunctionDefinition obedient(Path directory, String name) throws IOException {
        return function(directory, name, ObedientHandler.class, Duration.ofSeconds(20));
    }

    public static FunctionDefinition function(Path directory, String name, Class<?> handler, Duration timeout)
            throws IOException {
        return new FunctionDefinition(name, ARN + name, "Shop/" + name + "/Resource", jar(directory), handler.getName(), 128,
                timeout, Map.of("COLOUR", "blue"), "test", false, Optional.empty());
    }

    /** Returns a jar that holds the handlers. */
    public static Path jar(Path directory) throws IOException {
        return jar(directory.resolve("handler.jar"), Path.of("target/test-classes"),
                "dev/plinth/local/lambda/ObedientHandler", "dev/plinth/local/lambda/DeploymentHandler");
    }

    private static Path jar(Path jar, Path classes, String... prefixes) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            files.filter(Files::isRegularFile).sorted().forEach(file -> {
                String name = classes.relativize(file).toString().replace('\\', '/');
                if (Stream.of(prefixes).anyMatch(name::startsWith)) {
                    add(entries, name, file);
                }
            });
        }
        return jar;
    }

    private static void add(JarOutputStream entries, String name, Path file) {
        try {
            entries.putNextEntry(new JarEntry(name));
            Files.copy(file, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
