package dev.plinth.functions.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.RateLimits;
import dev.plinth.contract.RateLimitsTable;
import dev.plinth.functions.aws.LocalTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RacingProcessesTest {
    private static final int PROCESSES = 8;
    private static final String ROUTE = "PATCH /orders/{id}";

    @Test
    void admitTogetherExactlyTheLimit() throws Exception {
        LocalTable table = new LocalTable(RateLimitsTable.SCHEMA);
        String user = UUID.randomUUID().toString();
        int limit = RateLimits.of(Callers.route(ROUTE));
        List<Process> racing = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                racing.add(start(table, user, limit / 4));
            }
            List<BufferedReader> outputs = racing.stream().map(Process::inputReader).toList();
            for (BufferedReader output : outputs) {
                lineOf(output, "ready");
            }
            for (Process process : racing) {
                process.outputWriter().write("go\n");
                process.outputWriter().flush();
            }
            int admitted = 0;
            int admitting = 0;
            for (BufferedReader output : outputs) {
                int one = Integer.parseInt(lineOf(output, "admitted ").substring("admitted ".length()));
                admitted += one;
                admitting += one > 0 ? 1 : 0;
            }

            assertThat(admitted).isEqualTo(limit);
            assertThat(admitting).as("processes that were admitted at all: one makes no race").isGreaterThan(1);
        } finally {
            racing.forEach(Process::destroyForcibly);
        }
    }

    private static Process start(LocalTable table, String user, int requests) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                RacingProcess.class.getName(), LocalTable.endpoint().toString(), table.name(), user,
                "2026-03-01T12:00:00Z", ROUTE, Integer.toString(requests))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static String lineOf(BufferedReader output, String start) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new AssertionError("A process ended before it said " + start);
    }
}
