package dev.plinth.orders;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The JSON of a request to create an order, field by field, so that a test can spoil one. Values are raw JSON. */
record OrderBody(Map<String, String> fields) {

    static OrderBody valid() {
        return new OrderBody(Map.of())
                .with("customerName", "\"Ada Lovelace\"")
                .with("customerEmail", "\"ada@example.org\"")
                .with("productName", "\"Kettle\"")
                .with("quantity", "3")
                .with("unitPrice", "{\"amount\": \"12.50\", \"currency\": \"EUR\"}");
    }

    OrderBody with(String field, String json) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.put(field, json);
        return new OrderBody(changed);
    }

    OrderBody without(String field) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.remove(field);
        return new OrderBody(changed);
    }

    String json() {
        return fields.entrySet().stream()
                .map(field -> '"' + field.getKey() + "\": " + field.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
