package dev.plinth.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.secrets.Secrets.Origin;
import dev.plinth.local.secrets.Version.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    private static final String PREFIX = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:";

    private final Secrets secrets = Secrets.inMemory(PREFIX, Clock.systemUTC());

    @Test
    void namesASecretByItsArnWithSixRandomCharacters() {
        String arn = secrets.create("admin", "{}");

        assertThat(arn).matches(PREFIX + "admin-[A-Za-z0-9]{6}");
        assertThat(secrets.create("admin", "other")).isEqualTo(arn);
        for (String id : new String[] {"admin", arn, PREFIX + "admin"}) {
            assertThat(secrets.currentText(id)).as(id).isEqualTo("{}");
            assertThat(secrets.arnOf(id)).isEqualTo(arn);
        }
        assertThatThrownBy(() -> secrets.currentText(PREFIX + "adm"))
                .hasMessageContaining("can't find the specified secret");
    }

    @Test
    void movesThePreviousLabelAlongWithTheCurrentOne() {
        secrets.create("key", "one");
        String first = secrets.read("key", Optional.empty(), Optional.empty()).id();
        secrets.put("key", "second", Value.text("two"), Set.of());
        secrets.put("key", "third", Value.text("three"), Set.of("AWSPENDING"));

        secrets.moveStage("key", "AWSCURRENT", Optional.of("third"), Optional.of("second"));

        assertThat(secrets.currentText("key")).isEqualTo("three");
        assertThat(stages("second")).containsExactly("AWSPREVIOUS");
        assertThat(stages("third")).containsExactly("AWSCURRENT", "AWSPENDING");
        assertThat(stages(first)).isEmpty();
    }

    @Test
    void movesNoLabelAwayFromAVersionThatTheCallDoesNotName() {
        secrets.create("key", "one");
        secrets.put("key", "second", Value.text("two"), Set.of("AWSPENDING"));

        assertThatThrownBy(() -> secrets.moveStage("key", "AWSCURRENT", Optional.of("second"), Optional.empty()))
                .hasMessageContaining("you must explicitly reference that version");
        assertThatThrownBy(() -> secrets.moveStage("key", "AWSPENDING", Optional.of("nowhere"), Optional.of("second")))
                .hasMessageContaining("can't find the specified secret version");
        assertThat(secrets.currentText("key")).isEqualTo("one");
    }

    @Test
    void takesAValueOnceForEachVersion() {
        secrets.create("key", "one");
        secrets.put("key", "second", Value.text("two"), Set.of());
        secrets.put("key", "second", Value.text("two"), Set.of());

        assertThatThrownBy(() -> secrets.put("key", "second", Value.text("three"), Set.of()))
                .isInstanceOfSatisfying(SecretsException.class,
                        e -> assertThat(e.code()).isEqualTo("ResourceExistsException"));
        assertThat(secrets.currentText("key")).isEqualTo("two");
    }

    @Test
    void findsNoValueInAVersionThatARotationHasOnlyNamed() {
        secrets.create("key", "one");
        String version = secrets.beginRotation("key");

        assertThatThrownBy(() -> secrets.read("key", Optional.of(version), Optional.of("AWSPENDING")))
                .isInstanceOfSatisfying(SecretsException.class,
                        e -> assertThat(e.code()).isEqualTo("ResourceNotFoundException"));
        assertThatThrownBy(() -> secrets.read("key", Optional.of(version), Optional.of("AWSCURRENT")))
                .isInstanceOfSatisfying(SecretsException.class,
                        e -> assertThat(e.code()).isEqualTo("InvalidRequestException"));
        assertThat(stages(version)).containsExactly("AWSPENDING");
        assertThat(secrets.beginRotation("key")).isEqualTo(version);
    }

    @Test
    void forgetsTheOldestVersionsWithoutALabel() {
        secrets.create("key", "0");
        IntStream.rangeClosed(1, 150).forEach(i -> secrets.put("key", "v" + i, Value.text("" + i), Set.of()));

        assertThat(secrets.view("key").versions()).hasSize(100);
        assertThat(stages("v150")).containsExactly("AWSCURRENT");
        assertThat(stages("v149")).containsExactly("AWSPREVIOUS");
    }

    @Test
    void keepsSecretsInAFileThatOnlyItsOwnerReads(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("data/secrets.json");
        Secrets before = Secrets.in(file, PREFIX, Clock.systemUTC());
        String arn = before.define("key", Optional.of("signs"), Optional.of(new Fixed("a", "one")));
        String pending = before.beginRotation("key");

        Secrets after = Secrets.in(file, PREFIX, Clock.systemUTC());

        assertThat(after.view(arn).description()).hasValue("signs");
        assertThat(after.currentText("key")).isEqualTo("one");
        assertThat(after.beginRotation("key")).isEqualTo(pending);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void makesAKeptSecretAnewOnlyWhenItsTemplateHasChanged(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("secrets.json");
        Secrets.in(file, PREFIX, Clock.systemUTC()).define("key", Optional.empty(), Optional.of(new Fixed("a", "one")));
        Secrets kept = Secrets.in(file, PREFIX, Clock.systemUTC());

        kept.define("key", Optional.empty(), Optional.of(new Fixed("a", "two")));
        assertThat(kept.currentText("key")).isEqualTo("one");
        kept.define("key", Optional.empty(), Optional.of(new Fixed("b", "two")));
        assertThat(kept.currentText("key")).isEqualTo("two");
    }

    @Test
    void printsNoValue() {
        secrets.create("key", "hidden");

        assertThat(secrets.read("key", Optional.empty(), Optional.empty())).asString().doesNotContain("hidden");
    }

    private record Fixed(String digest, String text) implements Origin {
        @Override
        public Value value() {
            return Value.text(text);
        }
    }

    private Set<String> stages(String version) {
        return secrets.view("key").versions().stream().filter(v -> v.id().equals(version)).findFirst().orElseThrow()
                .stages();
    }
}
