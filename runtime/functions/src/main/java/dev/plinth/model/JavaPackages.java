package dev.plinth.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The packages that generated records can be in. */
final class JavaPackages {
    private static final int MOST_CHARACTERS = 100;
    private static final int MOST_PROJECT_CHARACTERS = 40;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*(\\.[a-z][a-z0-9]*(_[a-z0-9]+)*)*");

    /** Where the JDK's modules have packages: a compiler takes none of these from anybody else. */
    private static final List<String> OF_THE_JDK =
            List.of("java", "javax", "jdk", "sun", "com.sun", "netscape", "org.ietf", "org.w3c", "org.xml", "org.jcp");

    private JavaPackages() {
    }

    static Optional<String> fault(String name) {
        if (name.length() > MOST_CHARACTERS || !NAME.matcher(name).matches()) {
            return Optional.of("must be the name of a Java package in small letters, of at most " + MOST_CHARACTERS
                    + " characters");
        }
        if (OF_THE_JDK.stream().anyMatch(root -> name.equals(root) || name.startsWith(root + '.'))) {
            return Optional.of("must not be a package of the JDK");
        }
        for (String part : name.split("\\.")) {
            if (ReservedWords.JAVA.contains(part)) {
                return Optional.of("must not contain " + part + ", a reserved word of Java");
            }
            if (ReservedWords.WINDOWS.contains(part)) {
                return Optional.of("must not contain " + part + ", which is the name of a device on Windows");
            }
        }
        return Optional.empty();
    }

    /** Returns the package of a project that has chosen none. Its name may be any text. */
    static String usual(String project) {
        String name = project.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "").replaceFirst("^[0-9]+", "");
        String part = name.substring(0, Math.min(name.length(), MOST_PROJECT_CHARACTERS));
        String usual = "com.example." + part;
        return fault(usual).isEmpty() ? usual : "com.example.app" + part;
    }
}
