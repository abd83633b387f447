package dev.plinth.functions;

/** Lets tests in other packages reach the beans of a function. */
public final class Beans {
    private Beans() {
    }

    public static <T> T of(HttpFunction function, Class<T> type) {
        return function.context().getBean(type);
    }

    public static <T> T of(EventFunction function, Class<T> type) {
        return function.context().getBean(type);
    }
}
