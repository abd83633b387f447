package dev.plinth.generator;

import java.util.Set;
import java.util.TreeSet;

/**
 * The JDK's types as one generated file names them: shortly, with an import; in full where a generated type has the
 * same short name.
 */
final class JavaNames {
    private final Set<String> generated;
    private final Set<String> imports = new TreeSet<>();

    JavaNames(Set<String> generated) {
        this.generated = generated;
    }

    /** Returns how to name a type of a package. */
    String of(String packageName, String type) {
        if (generated.contains(type)) {
            return packageName + '.' + type;
        }
        if (!packageName.equals("java.lang")) {
            imports.add(packageName + '.' + type);
        }
        return type;
    }

    /** Returns the types to import that were named so far, sorted. */
    Set<String> imports() {
        return imports;
    }
}
