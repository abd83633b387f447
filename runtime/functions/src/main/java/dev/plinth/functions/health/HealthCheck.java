package dev.plinth.functions.health;

/** Asks one dependency whether it answers. Called once a second at most, on a thread of its own. */
public interface HealthCheck {
    /** Returns the dependency's name in the answer, for example {@code orders-table}. */
    String name();

    /** Returns when the dependency answers, and throws anything when it does not. */
    void check();
}
