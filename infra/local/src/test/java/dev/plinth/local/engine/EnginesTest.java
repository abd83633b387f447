package dev.plinth.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs behind the gates: how they start, and that they end. */
class EnginesTest {
    @TempDir
    private Path directory;

    @Test
    void runsStatementsAndSaysWhyOneIsRefused() throws Exception {
        try (PostgresEngine engine = Programs.postgres(Optional.empty())) {
            assertThat(engine.execute("postgres", "SELECT 'a' UNION ALL SELECT current_user ORDER BY 1"))
                    .containsExactly("a", "rdsadmin");
            assertThatThrownBy(() -> engine.execute("postgres", "SELECT nothing"))
                    .isInstanceOf(PostgresEngine.PostgresException.class)
                    .hasMessage("column \"nothing\" does not exist");
            assertThatThrownBy(() -> engine.execute("other", "SELECT 1"))
                    .hasMessage("database \"other\" does not exist");
        }
    }

    @Test
    void keepsDatabasesInADirectoryAlsoWhenItsProcessesAreKilled() throws Exception {
        try (PostgresEngine engine = Programs.postgres(Optional.of(directory))) {
            engine.execute("postgres", "CREATE TABLE kept (a int); INSERT INTO kept VALUES (5)");
            engine.processes().forEach(ProcessHandle::destroyForcibly);
        }
        try (PostgresEngine engine = Programs.postgres(Optional.of(directory))) {
            assertThat(engine.execute("postgres", "SELECT a FROM kept")).containsExactly("5");
        }
    }

    @Test
    void keepsWhatRedisHoldsInADirectoryAlsoWhenItsHostIsGone() throws Exception {
        RedisEngine before = RedisEngine.start(Programs.STORE, Optional.of(directory));
        before.execute(List.of("SET", "kept", "5"));
        // As the end of the host does: the engine is still on its way out when the next one starts.
        ProcessHandle watch = before.processes().get(before.processes().size() - 1);
        assertThat(watch.destroy()).isTrue();

        try (RedisEngine after = RedisEngine.start(Programs.STORE, Optional.of(directory))) {
            assertThatThrownBy(() -> after.execute(List.of("LPUSH", "kept", "6"))).hasMessageContaining("WRONGTYPE");
        } finally {
            before.close();
        }
    }

    @Test
    void leavesNoProcessAndNoFileBehind() throws Exception {
        List<ProcessHandle> processes;
        Path socket;
        try (PostgresEngine postgres = Programs.postgres(Optional.empty());
                RedisEngine redis = RedisEngine.start(Programs.STORE, Optional.empty())) {
            processes = List.of(postgres.processes(), redis.processes()).stream().flatMap(List::stream).toList();
            socket = redis.socket();
            assertThat(processes).hasSizeGreaterThan(3).allMatch(ProcessHandle::isAlive);
        }
        for (ProcessHandle process : processes) {
            process.onExit().get(10, TimeUnit.SECONDS);
        }
        assertThat(socket.getParent()).doesNotExist();
    }

    @Test
    void endsTheEnginesOfAHostThatIsKilled() throws Exception {
        Process host = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), EngineHost.class.getName()).redirectErrorStream(true).start();
        List<ProcessHandle> engines = new ArrayList<>();
        try (BufferedReader lines = host.inputReader()) {
            for (String line = lines.readLine(); !"serving".equals(line); line = lines.readLine()) {
                assertThat(line).matches("\\d+");
                engines.add(ProcessHandle.of(Long.parseLong(line)).orElseThrow());
            }
            assertThat(engines).hasSizeGreaterThan(3).allMatch(ProcessHandle::isAlive);

            host.destroyForcibly();

            for (ProcessHandle engine : engines) {
                engine.onExit().get(20, TimeUnit.SECONDS);
            }
        } finally {
            host.destroyForcibly();
        }
    }

    @Test
    void saysWhyAProgramDoesNotServe() {
        assertThatThrownBy(() -> EngineProcess.start("A thing", Files.createTempDirectory("plinth-test"),
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-no-such-flag"),
                Pattern.compile("never")))
                .isInstanceOf(IOException.class).hasMessageContaining("A thing does not serve")
                .hasMessageContaining("no-such-flag");
    }

    @Test
    void refusesRulesThatRedisDoesNotKnow() throws Exception {
        try (RedisEngine engine = RedisEngine.start(Programs.STORE, Optional.empty())) {
            assertThatThrownBy(() -> engine.defineUser("someone", List.of("+nosuchcommand")))
                    .isInstanceOf(RedisEngine.RedisException.class).hasMessageContaining("+nosuchcommand");
            assertThat(engine.defineUser("someone", List.of("~a:*", "+get"))).hasSize(64);
        }
    }
}
