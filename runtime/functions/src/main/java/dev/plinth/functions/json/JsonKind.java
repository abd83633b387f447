package dev.plinth.functions.json;

import io.micronaut.json.tree.JsonNode;

/** The types of JSON values, as a caller would name them. */
enum JsonKind {
    STRING("a string"),
    NUMBER("a number"),
    BOOLEAN("a boolean"),
    OBJECT("an object"),
    ARRAY("an array"),
    NULL("null");

    private final String words;

    JsonKind(String words) {
        this.words = words;
    }

    static JsonKind of(JsonNode node) {
        if (node.isString()) {
            return STRING;
        } else if (node.isNumber()) {
            return NUMBER;
        } else if (node.isBoolean()) {
            return BOOLEAN;
        } else if (node.isObject()) {
            return OBJECT;
        }
        return node.isArray() ? ARRAY : NULL;
    }

    String words() {
        return words;
    }
}
