package dev.plinth.local.secrets;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A version of a secret.
 *
 * @param value  empty while a rotation has named the version and not yet made its value
 * @param stages the labels that point at it, for example {@code AWSCURRENT}; none for a version that is out of use
 */
public record Version(String id, Instant created, Optional<Value> value, SortedSet<String> stages) {
    public Version {
        stages = new TreeSet<>(stages);
    }

    /** The set is a copy: only the secret that holds a version moves its labels. */
    @Override
    public SortedSet<String> stages() {
        return new TreeSet<>(stages);
    }

    Version with(Value newValue) {
        return new Version(id, created, Optional.of(newValue), stages);
    }

    Version labelled(String stage) {
        SortedSet<String> more = stages();
        more.add(stage);
        return new Version(id, created, value, more);
    }

    Version without(String stage) {
        SortedSet<String> fewer = stages();
        fewer.remove(stage);
        return new Version(id, created, value, fewer);
    }

    /** A secret value in text, or in bytes as base64. It does not print itself. */
    public record Value(String content, boolean binary) {
        public static Value text(String text) {
            return new Value(text, false);
        }

        @Override
        public String toString() {
            return "(secret)";
        }
    }
}
