package dev.plinth.local.cloud;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.lambda.RuntimeClientKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What it does with templates is in the integration tests. */
class LaptopCloudTest {
    @Test
    void refusesFlagsWithWhichItCouldNotServe() {
        assertThatThrownBy(() -> options(0, 0, 0)).isInstanceOf(LaptopCloud.StartException.class).hasMessageContaining("--processes says 0");
        assertThatThrownBy(() -> options(65_536, 0, 1)).hasMessageContaining("--api-port says 65536");
        assertThatThrownBy(() -> options(0, -1, 1)).hasMessageContaining("--door-port says -1");
        assertThatCode(() -> options(65_535, 0, 1)).doesNotThrowAnyException();
    }

    @Test
    void refusesAReceiverOfWebhooksWithoutAPort() {
        assertThatThrownBy(() -> new LaptopCloud.Options(Path.of("cdk.out"), Path.of(".local"), Optional.empty(), 0, 0, 1,
                "us-east-1", RuntimeClientKind.PORTABLE, List.of("127.0.0.1:9000", "localhost")))
                .isInstanceOf(LaptopCloud.StartException.class).hasMessageContaining("--webhook-receiver says localhost.");
    }

    private static LaptopCloud.Options options(int apiPort, int doorPort, int processes) {
        return new LaptopCloud.Options(Path.of("cdk.out"), Path.of(".local"), Optional.empty(), apiPort, doorPort, processes,
                "us-east-1", RuntimeClientKind.PORTABLE);
    }
}
