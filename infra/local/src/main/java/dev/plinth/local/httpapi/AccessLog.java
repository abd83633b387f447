package dev.plinth.local.httpapi;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The access log of a stage: a line a request, in the format of the template. A variable without a value is a hyphen. Quotation
 * marks and backslashes of a value are escaped, so that a format that is JSON gives lines that are JSON.
 */
record AccessLog(String format, Consumer<String> lines) {
    private static final Pattern VARIABLE = Pattern.compile("\\$context\\.([A-Za-z0-9_.]+)");

    void write(Map<String, String> context) {
        lines.accept(VARIABLE.matcher(format)
                .replaceAll(variable -> Matcher.quoteReplacement(escape(context.getOrDefault(variable.group(1), "-")))));
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
