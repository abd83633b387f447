package dev.plinth.functions.logging;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged while something runs, as a function would write it to its standard output. */
public final class LogLines {
    private LogLines() {
    }

    /** Returns the lines, each as the object that it holds. */
    public static List<JsonNode> of(Runnable action) {
        return texts(action).stream().map(LogLines::object).toList();
    }

    public static List<String> texts(Runnable action) {
        PrintStream stdout = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            action.run();
        } finally {
            System.setOut(stdout);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    static JsonNode object(String line) {
        try {
            return JsonMapper.createDefault().readValue(line, JsonNode.class);
        } catch (IOException notJson) {
            throw new UncheckedIOException(line, notJson);
        }
    }
}
