package dev.plinth.identity;

/** Hashes passwords, slowly on purpose, and checks them. Thread-safe. */
interface PasswordHashes {
    /** Returns a hash with a new salt, which says itself how it was made. */
    String hash(String password);

    /** Tells whether the hash is of the password. Takes as long for a wrong password as for the right one. */
    boolean matches(String password, String hash);

    /** Tells whether a hash was made with less effort than one would be today. */
    boolean isOutdated(String hash);

    /** Returns a hash of nobody's password, made with today's effort, against which to check that of nobody. */
    String ofNobody();
}
