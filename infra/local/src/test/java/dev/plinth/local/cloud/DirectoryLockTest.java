package dev.plinth.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    @Test
    void keepsASecondCloudOutUntilTheFirstOneHasClosed(@TempDir Path directory) throws Exception {
        Path missing = directory.resolve("a/b");
        DirectoryLock first = DirectoryLock.take(missing, "Wait.");

        assertThatThrownBy(() -> DirectoryLock.take(missing, "Choose another."))
                .isInstanceOf(LaptopCloud.StartException.class)
                .hasMessage("The directory " + missing + " is in use by another cloud. Choose another.");
        DirectoryLock.take(directory.resolve("other"), "Wait.").close();
        first.close();

        DirectoryLock.take(missing, "Wait.").close();
        assertThat(Files.isDirectory(missing)).isTrue();
    }
}
