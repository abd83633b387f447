package dev.plinth.local.secrets;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Random passwords by the rules of Secrets Manager's GetRandomPassword and a template's GenerateSecretString. */
public final class Passwords {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private Passwords() {
    }

    /**
     * What a password may hold. The defaults of AWS: 32 characters of every kind but space, at least one of each kind.
     *
     * @param length           from 1 to 4096
     * @param requireEachKind  whether each kind that is not excluded must be there
     */
    public record Rules(int length, String excludedCharacters, boolean excludeNumbers, boolean excludePunctuation,
                        boolean excludeUppercase, boolean excludeLowercase, boolean includeSpace,
                        boolean requireEachKind) {
        private List<String> kinds() {
            List<String> kinds = new ArrayList<>();
            add(kinds, !excludeLowercase, LOWER);
            add(kinds, !excludeUppercase, LOWER.toUpperCase(Locale.ROOT));
            add(kinds, !excludeNumbers, "0123456789");
            add(kinds, !excludePunctuation, PUNCTUATION);
            add(kinds, includeSpace, " ");
            return kinds;
        }

        private void add(List<String> kinds, boolean wanted, String characters) {
            StringBuilder left = new StringBuilder();
            characters.chars().filter(character -> excludedCharacters.indexOf(character) < 0)
                    .forEach(left::appendCodePoint);
            if (wanted && !left.isEmpty()) {
                kinds.add(left.toString());
            }
        }
    }

    /** @throws SecretsException if no password follows the rules */
    public static String generate(Rules rules) {
        List<String> kinds = rules.kinds();
        if (rules.length() < 1 || rules.length() > 4096 || kinds.isEmpty()
                || rules.requireEachKind() && kinds.size() > rules.length()) {
            throw SecretsException.invalidParameter("No password has " + rules.length()
                    + " characters and each of the " + kinds.size() + " kinds that are left.");
        }
        List<Character> characters = new ArrayList<>();
        if (rules.requireEachKind()) {
            kinds.forEach(kind -> characters.add(pick(kind)));
        }
        String all = String.join("", kinds);
        while (characters.size() < rules.length()) {
            characters.add(pick(all));
        }
        Collections.shuffle(characters, RANDOM);
        StringBuilder password = new StringBuilder();
        characters.forEach(password::append);
        return password.toString();
    }

    private static char pick(String characters) {
        return characters.charAt(RANDOM.nextInt(characters.length()));
    }
}
