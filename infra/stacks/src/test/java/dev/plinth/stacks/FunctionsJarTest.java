package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.contract.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
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
        Path one = Synthesis.jar(Map.of("a", "bytes"));
        Path same = Files.copy(one, directory.resolve("two.jar"));
        Files.setLastModifiedTime(same, FileTime.fromMillis(0));

        assertThat(assetOf(same)).isEqualTo(assetOf(one));
    }

    @Test
    void namesTheAssetAnewWhenTheBytesChangeAndNothingElse() throws IOException {
        Path jar = Synthesis.jar(Map.of("a", "bytes"));
        FileTime time = Files.getLastModifiedTime(jar);
        String before = assetOf(jar);
        Files.copy(Synthesis.jar(Map.of("a", "other")), jar, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(jar, time);

        assertThat(assetOf(jar)).isNotEqualTo(before);
    }

    @Test
    void tellsWhenMigrationChanges() {
        String before = digest(Map.of("db/migration/V1__users.sql", "CREATE TABLE a ();"));

        assertThat(digest(Map.of("db/migration/V1__users.sql", "CREATE TABLE b ();"))).isNotEqualTo(before);
        assertThat(digest(Map.of("db/migration/V2__users.sql", "CREATE TABLE a ();"))).isNotEqualTo(before);
        assertThat(digest(Map.of())).isNotEqualTo(before);
    }

    @Test
    void tellsNothingWhenCodeChangesAndNoMigration() {
        Map<String, String> before = new LinkedHashMap<>();
        before.put("dev/plinth/A.class", "one");
        before.put("db/migration/V1__users.sql", "CREATE TABLE a ();");
        before.put("db/migration/V2__orders.sql", "CREATE TABLE b ();");
        Map<String, String> after = new LinkedHashMap<>();
        after.put("db/migration/V2__orders.sql", "CREATE TABLE b ();");
        after.put("db/migration/V1__users.sql", "CREATE TABLE a ();");
        after.put("dev/plinth/A.class", "two");

        assertThat(digest(after)).isEqualTo(digest(before));
    }

    private static String digest(Map<String, String> files) {
        return new FunctionsJar(Synthesis.jar(files)).migrationsDigest();
    }

    private static String assetOf(Path jar) {
        Synthesis synthesis = Synthesis.of("dev",
                app -> PlinthApp.define(app, Synthesis.stage(Map.of()), new FunctionsJar(jar)));
        String key = synthesis.function(Service.ORDERS).properties().at("/Code/S3Key").asText();
        assertThat(synthesis.directory().resolve("asset." + key)).hasSameBinaryContentAs(jar);
        return key;
    }
}
