package dev.plinth.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.secrets.Version.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RotationsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SetClock clock = new SetClock();
    private final Secrets secrets = Secrets.inMemory("arn:", clock);
    private final List<JsonNode> steps = new ArrayList<>();
    private final List<String> printed = new ArrayList<>();
    private final Rotations rotations = new Rotations(secrets, this::obey, clock, printed::add);
    private String failing = "";
    private boolean forgetful;

    @BeforeEach
    void createSecret() {
        secrets.create("key", "old");
        secrets.schedule("key", new Rotation("arn:function", Duration.ofDays(30)));
    }

    @AfterEach
    void close() {
        rotations.close();
    }

    @Test
    void takesTheFourStepsWithOneToken() throws Exception {
        String version = rotations.rotate("key");

        assertThat(steps).map(event -> event.path("Step").asText())
                .containsExactly("createSecret", "setSecret", "testSecret", "finishSecret");
        assertThat(steps).allSatisfy(event -> {
            assertThat(event.path("SecretId").asText()).isEqualTo(secrets.view("key").arn());
            assertThat(event.path("ClientRequestToken").asText()).isEqualTo(version);
        });
        assertThat(secrets.currentText("key")).isEqualTo("new 1");
        assertThat(secrets.view("key").rotated()).hasValue(clock.instant());
    }

    @Test
    void takesAFailedRotationUpAgainWithItsToken() throws Exception {
        failing = "testSecret";

        assertThatThrownBy(() -> rotations.rotate("key")).isInstanceOf(RotationException.class)
                .hasMessageContaining("key").hasMessageContaining("testSecret").hasMessageContaining("refused");
        assertThat(secrets.currentText("key")).isEqualTo("old");
        failing = "";
        rotations.rotate("key");

        assertThat(steps).map(event -> event.path("ClientRequestToken").asText()).containsOnly(
                steps.get(0).path("ClientRequestToken").asText());
        assertThat(secrets.currentText("key")).isEqualTo("new 1");
    }

    @Test
    void failsWhenTheFunctionDoesNotMoveTheLabel() {
        forgetful = true;

        assertThatThrownBy(() -> rotations.rotate("key")).isInstanceOf(RotationException.class)
                .hasMessageContaining("is not the one labelled AWSCURRENT");
        assertThat(secrets.view("key").rotated()).isEmpty();
    }

    @Test
    void rotatesWhatIsDueAndNothingBefore() throws Exception {
        rotations.rotate("key");
        clock.now = clock.now.plus(Duration.ofDays(29));
        rotations.rotateDue();
        assertThat(secrets.currentText("key")).isEqualTo("new 1");

        clock.now = clock.now.plus(Duration.ofDays(1));
        rotations.rotateDue();

        assertThat(secrets.currentText("key")).isEqualTo("new 2");
        assertThat(printed).singleElement().asString().startsWith("Rotated key");
        rotations.rotateDue();
        assertThat(secrets.currentText("key")).isEqualTo("new 2");
    }

    @Test
    void waitsForTheScheduleOfASecretThatWasNeverRotated() {
        rotations.rotateDue();

        assertThat(steps).isEmpty();
    }

    @Test
    void printsWhyARotationThatNobodyWaitsForFailed() {
        failing = "setSecret";
        clock.now = clock.now.plus(Duration.ofDays(30));

        rotations.rotateDue();

        assertThat(printed).singleElement().asString().contains("failed at its step setSecret: refused");
    }

    @Test
    void rotatesNoSecretThatHasNoSchedule() {
        secrets.create("other", "{}");

        assertThatThrownBy(() -> rotations.rotate("other")).isInstanceOf(SecretsException.class)
                .hasMessageContaining("no rotation schedule");
    }

    @Test
    void rotatesASecretOnceAtATime() {
        List<String> refusals = new ArrayList<>();
        Rotations[] self = new Rotations[1];
        self[0] = new Rotations(secrets, (function, secret, event) -> {
            try {
                self[0].rotate("key");
            } catch (SecretsException e) {
                refusals.add(e.getMessage());
            }
        }, clock, printed::add);

        assertThatThrownBy(() -> self[0].rotate("key")).isInstanceOf(RotationException.class);

        assertThat(refusals).hasSize(4).allSatisfy(refusal -> assertThat(refusal).contains("isn't complete"));
        self[0].close();
    }

    /** A rotation function as AWS's template has it. */
    private void obey(String functionArn, String secretArn, byte[] bytes) {
        JsonNode event = read(bytes);
        steps.add(event);
        String step = event.path("Step").asText();
        String token = event.path("ClientRequestToken").asText();
        if (step.equals(failing)) {
            throw new RotationException("refused");
        }
        if (step.equals("createSecret") && hasNoValue(token)) {
            long made = steps.stream().filter(e -> e.path("Step").asText().equals(step)).count();
            secrets.put(secretArn, token, Value.text("new " + made), Set.of("AWSPENDING"));
        }
        if (step.equals("finishSecret") && !forgetful) {
            secrets.moveStage(secretArn, "AWSCURRENT", Optional.of(token),
                    Optional.of(secrets.read(secretArn, Optional.empty(), Optional.empty()).id()));
        }
    }

    private boolean hasNoValue(String version) {
        try {
            secrets.read("key", Optional.of(version), Optional.empty());
            return false;
        } catch (SecretsException e) {
            return true;
        }
    }

    private static JsonNode read(byte[] event) {
        try {
            return JSON.readTree(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
