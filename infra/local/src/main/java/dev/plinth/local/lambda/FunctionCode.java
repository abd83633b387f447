package dev.plinth.local.lambda;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A function's class path, copied into a directory named by its content, and the class archive that lies beside it.
 * A JVM takes an archive only with the very files, at the very paths and times, that it was made from; the copy keeps
 * them still while builds and syntheses rewrite their outputs.
 */
final class FunctionCode {
    private final Path directory;
    private final List<Path> jars;

    private FunctionCode(Path directory, List<Path> jars) {
        this.directory = directory;
        this.jars = jars;
    }

    /**
     * Copies the class path unless it is there.
     *
     * @param store   the directory that holds one directory for each class path
     * @param sources the function's jar, then the jars of the runtime
     */
    static FunctionCode in(Path store, List<Path> sources) {
        try {
            Path directory = store.resolve(fingerprint(sources)).toAbsolutePath();
            Files.createDirectories(directory);
            for (int i = 0; i < sources.size(); i++) {
                Path target = directory.resolve(i + ".jar");
                if (!Files.exists(target)) {
                    Path part = Files.createTempFile(directory, "part", ".tmp");
                    Files.copy(sources.get(i), part, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            List<Path> jars = IntStream.range(0, sources.size())
                    .mapToObj(i -> directory.resolve(i + ".jar")).toList();
            return new FunctionCode(directory, jars);
        } catch (IOException e) {
            throw new UncheckedIOException("The code of a function could not be copied into " + store, e);
        }
    }

    Path directory() {
        return directory;
    }

    String classPath() {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns the flags that use the class archive of the function, or none when it has not been made. */
    List<String> archiveFlags(FunctionDefinition function) {
        Path archive = archive(function);
        if (!Files.exists(archive)) {
            return List.of();
        }
        return makesAotCaches()
                ? List.of("-XX:AOTCache=" + archive)
                : List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    /** Returns the flags by which a process leaves a class archive when it exits. */
    List<String> trainingFlags(FunctionDefinition function) {
        Path archive = archive(function);
        return makesAotCaches()
                ? List.of("-XX:AOTCacheOutput=" + archive, "-Xlog:aot=off", "-Xlog:cds=off")
                : List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    boolean hasArchive(FunctionDefinition function) {
        return Files.exists(archive(function));
    }

    private Path archive(FunctionDefinition function) {
        String service = Integer.toHexString(Objects.hash(function.handler(), function.environment().keySet()));
        return directory.resolve("classes-" + service + (makesAotCaches() ? ".aot" : ".jsa"));
    }

    /** An AOT cache (JEP 514, JDK 25) keeps linked classes and profiles; older JDKs have AppCDS (JEP 350). */
    private static boolean makesAotCaches() {
        return Runtime.version().feature() >= 25;
    }

    private static String fingerprint(List<Path> sources) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((Runtime.version() + " " + ProcessLauncher.JVM_FLAGS).getBytes(StandardCharsets.UTF_8));
            for (Path source : sources) {
                try (InputStream in = new DigestInputStream(Files.newInputStream(source), digest)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
