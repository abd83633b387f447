package dev.plinth.local.iam;

/**
 * A pattern in which {@code *} stands for any characters and {@code ?} for one. It compares code points, and takes time
 * in proportion to pattern times text at worst, since only the last {@code *} is ever retried.
 */
final class Wildcard {
    private static final int ANY = -1;
    private static final int ONE = -2;

    private final String source;
    private final int[] pattern;
    private final boolean ignoreCase;

    private Wildcard(String source, int[] pattern, boolean ignoreCase) {
        this.source = source;
        this.pattern = pattern;
        this.ignoreCase = ignoreCase;
    }

    /** Reads a pattern. The escapes of policy variables stand for themselves: <code>${*}</code> is an asterisk. */
    static Wildcard pattern(String text, boolean ignoreCase, PolicyPlace place) {
        return read(text, true, ignoreCase, place);
    }

    /** Reads a text without wildcards: {@code *} is an asterisk. */
    static Wildcard literal(String text, boolean ignoreCase, PolicyPlace place) {
        return read(text, false, ignoreCase, place);
    }

    private static Wildcard read(String text, boolean wildcards, boolean ignoreCase, PolicyPlace place) {
        int[] source = text.codePoints().toArray();
        int[] pattern = new int[source.length];
        int length = 0;
        for (int i = 0; i < source.length; i++) {
            int next = source[i];
            if (next == '$' && i + 1 < source.length && source[i + 1] == '{') {
                boolean escape = i + 3 < source.length && source[i + 3] == '}' && "*?$".indexOf(source[i + 2]) >= 0;
                if (!escape) {
                    throw place.refuse("a policy variable in \"" + text + "\"", "${*}, ${?}, ${$}");
                }
                pattern[length++] = fold(source[i + 2], ignoreCase);
                i += 3;
            } else if (wildcards && next == '*') {
                pattern[length++] = ANY;
            } else if (wildcards && next == '?') {
                pattern[length++] = ONE;
            } else {
                pattern[length++] = fold(next, ignoreCase);
            }
        }
        int[] exact = new int[length];
        System.arraycopy(pattern, 0, exact, 0, length);
        return new Wildcard(text, exact, ignoreCase);
    }

    boolean matches(String text) {
        int[] input = text.codePoints().map(character -> fold(character, ignoreCase)).toArray();
        int at = 0;
        int inPattern = 0;
        int lastAny = -1;
        int retryFrom = 0;
        while (at < input.length) {
            if (inPattern < pattern.length && pattern[inPattern] == ANY) {
                lastAny = inPattern++;
                retryFrom = at;
            } else if (inPattern < pattern.length && (pattern[inPattern] == ONE || pattern[inPattern] == input[at])) {
                inPattern++;
                at++;
            } else if (lastAny >= 0) {
                inPattern = lastAny + 1;
                at = ++retryFrom;
            } else {
                return false;
            }
        }
        while (inPattern < pattern.length && pattern[inPattern] == ANY) {
            inPattern++;
        }
        return inPattern == pattern.length;
    }

    private static int fold(int character, boolean ignoreCase) {
        return ignoreCase ? Character.toLowerCase(Character.toUpperCase(character)) : character;
    }

    /** Returns the pattern as it was written. */
    @Override
    public String toString() {
        return source;
    }
}
