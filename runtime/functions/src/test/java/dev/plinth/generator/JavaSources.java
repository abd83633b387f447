package dev.plinth.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the Java files of archives as a strict project would. */
final class JavaSources {
    private JavaSources() {
    }

    /** Returns what the compiler says, nothing if it is content; classes go into the directory. */
    static List<String> compile(List<GeneratedProject> projects, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> sources = projects.stream().flatMap(project -> project.files().stream())
                .filter(file -> file.path().endsWith(".java"))
                .<JavaFileObject>map(Source::new).toList();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(said, Locale.ROOT, null)) {
            boolean compiled = compiler.getTask(null, files, said, List.of("--release", "17", "-Xlint:all", "-Werror",
                    "-d", Files.createDirectories(classes).toString()), null, sources).call();
            if (compiled != said.getDiagnostics().isEmpty()) {
                throw new AssertionError(said.getDiagnostics());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return said.getDiagnostics().stream().map(Object::toString).toList();
    }

    /** A file in memory, by its path in the archive. */
    private static final class Source extends SimpleJavaFileObject {
        private final String content;

        Source(GeneratedFile file) {
            super(URI.create("memory:/" + file.path()), Kind.SOURCE);
            this.content = file.content();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }
}
