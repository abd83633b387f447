package dev.plinth.identity;

import java.util.Optional;

/**
 * What users shall be after a change of their own.
 *
 * @param password empty to keep the one there is
 */
record UserChange(String name, Optional<Password> password) {
    /** Another password, and the proof that whoever wants it knows the one there is. */
    record Password(String current, String wanted) {
        @Override
        public String toString() {
            return "Password";
        }
    }
}
