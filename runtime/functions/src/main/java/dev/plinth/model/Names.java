package dev.plinth.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns an identifier such as {@code orderLine} into the forms that each language has for names. */
public final class Names {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}");
    static final String IDENTIFIER_RULE =
            "must be an identifier: 1 to 63 letters from A to Z or digits, beginning with a letter";

    /** Between a small letter or digit and a capital, and before the last of several capitals: HTTPServer. */
    private static final Pattern BOUNDARY = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private static final Map<String, String> IRREGULAR = Map.of("person", "people", "child", "children");
    private static final Pattern HISSING = Pattern.compile(".*(?:s|x|z|ch|sh)");
    private static final Pattern CONSONANT_AND_Y = Pattern.compile(".*[^aeiou]y");

    private Names() {
    }

    /** Returns a name of SQL, as in {@code order_line}. */
    public static String snake(String name) {
        return String.join("_", words(name));
    }

    /** Returns a name of a Java variable, as in {@code orderLine}. */
    public static String lowerCamel(String name) {
        String camel = upperCamel(name);
        return words(name).get(0) + camel.substring(words(name).get(0).length());
    }

    /** Returns a name of a Java type, as in {@code OrderLine}. */
    public static String upperCamel(String name) {
        return words(name).stream().map(Names::capital).collect(Collectors.joining());
    }

    static boolean isIdentifier(String name) {
        return name != null && IDENTIFIER.matcher(name).matches();
    }

    static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** Returns the plural of a name of SQL, whose last word is made plural by the rules of English spelling. */
    static String plural(String snake) {
        int last = snake.lastIndexOf('_') + 1;
        String word = snake.substring(last);
        return snake.substring(0, last) + IRREGULAR.getOrDefault(word, regular(word));
    }

    private static String regular(String word) {
        if (CONSONANT_AND_Y.matcher(word).matches()) {
            return word.substring(0, word.length() - 1) + "ies";
        }
        return word + (HISSING.matcher(word).matches() ? "es" : "s");
    }

    private static List<String> words(String name) {
        return Arrays.stream(BOUNDARY.split(name)).map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }
}
