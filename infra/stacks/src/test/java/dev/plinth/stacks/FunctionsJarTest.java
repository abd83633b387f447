package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionsJarTest {
    @TempDir
    private Path directory;

    @Test
    void saysHowToMakeTheJarThatIsMissing() {
        assertThatThrownBy(() -> FunctionsJar.below(directory))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The functions' jar %s is missing: run `make build`.",
                        directory.resolve("runtime/functions/target/functions-1.0.0-lambda.jar"));
    }

    @Test
    void namesTheAssetByTheJarsBytes() throws IOException {
        Path one = Files.writeString(directory.resolve("one.jar"), "bytes");
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path same = Files.writeString(elsewhere.resolve("two.jar"), "bytes");
        Files.setLastModifiedTime(same, FileTime.fromMillis(0));

        assertThat(assetOf(same)).isEqualTo(assetOf(one));
    }

    @Test
    void namesTheAssetAnewWhenTheBytesChangeAndNothingElse() throws IOException {
        Path jar = Files.writeString(directory.resolve("one.jar"), "bytes");
        FileTime time = Files.getLastModifiedTime(jar);
        String before = assetOf(jar);
        Files.writeString(jar, "other");
        Files.setLastModifiedTime(jar, time);

        assertThat(assetOf(jar)).isNotEqualTo(before);
    }

    private static String assetOf(Path jar) {
        Synthesis synthesis = Synthesis.of("dev",
                app -> PlinthApp.define(app, Stage.chosenBy(key -> null), new FunctionsJar(jar)));
        String key = synthesis.resource("AWS::Lambda::Function").properties().at("/Code/S3Key").asText();
        assertThat(synthesis.directory().resolve("asset." + key)).hasSameBinaryContentAs(jar);
        return key;
    }
}
