package dev.plinth.local.door;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The escapes of URIs as Signature Version 4 wants them, which are not those of forms: a plus sign is a plus sign. */
final class UriText {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private UriText() {
    }

    /**
     * Decodes escapes.
     *
     * @throws IllegalArgumentException when there is a broken one
     */
    static String decode(String text) {
        byte[] bytes = new byte[text.length() * 3];
        int length = 0;
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes[length++] = raw[i];
                continue;
            }
            if (i + 2 >= raw.length || Character.digit(raw[i + 1], 16) < 0 || Character.digit(raw[i + 2], 16) < 0) {
                throw new IllegalArgumentException("A broken escape in " + text);
            }
            bytes[length++] = (byte) (Character.digit(raw[i + 1], 16) << 4 | Character.digit(raw[i + 2], 16));
            i += 2;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Escapes all but the unreserved characters. */
    static String encode(String text, boolean slashesToo) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xff);
            if (UNRESERVED.indexOf(character) >= 0 || character == '/' && !slashesToo) {
                encoded.append(character);
            } else {
                encoded.append('%').append("%02X".formatted(each & 0xff));
            }
        }
        return encoded.toString();
    }

    /** Returns the parameters of a query, decoded, in their order. */
    static List<Map.Entry<String, String>> parameters(String rawQuery) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (String pair : rawQuery.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                parameters.add(Map.entry(decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1))));
            }
        }
        return parameters;
    }
}
