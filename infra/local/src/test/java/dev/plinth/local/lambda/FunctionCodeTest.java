package dev.plinth.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionCodeTest {
    @TempDir
    private Path directory;

    @Test
    void copiesTheClassPathInItsOrderAndKeepsTheCopyWhileASourceChanges() throws Exception {
        List<Path> sources = List.of(file("b.jar", "first"), file("a.jar", "second"));
        FunctionCode before = FunctionCode.in(directory, sources);
        FunctionCode again = FunctionCode.in(directory, sources);

        file("a.jar", "changed");
        FunctionCode after = FunctionCode.in(directory, sources);

        assertThat(again.directory()).isEqualTo(before.directory());
        assertThat(after.directory()).isNotEqualTo(before.directory());
        assertThat(contents(before)).containsExactly("first", "second");
        assertThat(contents(after)).containsExactly("first", "changed");
    }

    @Test
    void givesFunctionsOfOneJarArchivesOfTheirOwn() throws Exception {
        FunctionCode code = FunctionCode.in(directory, List.of(file("a.jar", "x")));
        FunctionDefinition one = Functions.function(directory, "one", ObedientHandler.class, null);
        FunctionDefinition other = Functions.function(directory, "other", ObedientHandler.Broken.class, null);

        assertThat(code.trainingFlags(one).get(0)).isNotEqualTo(code.trainingFlags(other).get(0))
                .contains(code.directory().toString());
        assertThat(code.archiveFlags(one)).isEmpty();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static List<String> contents(FunctionCode code) throws IOException {
        List<String> contents = new ArrayList<>();
        for (String jar : code.classPath().split(File.pathSeparator)) {
            contents.add(Files.readString(Path.of(jar)));
        }
        return contents;
    }
}
