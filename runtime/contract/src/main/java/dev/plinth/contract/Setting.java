package dev.plinth.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A value that one stack owns and programs need. The constant's name is the environment variable of a function; the
 * output key and the Micronaut property follow from it, so one value cannot have two names.
 *
 * <p>A setting is never a secret: secrets travel as ARNs.
 */
public enum Setting {
    /** Physical name of the orders table. */
    ORDERS_TABLE_NAME(StackId.TABLES, "plinth.orders.table-name"),

    /** Base URL of the HTTP API, without a slash at its end. Needed by callers, by no function. */
    API_URL(StackId.RUNTIME, "plinth.api-url");

    private final StackId owner;
    private final String property;

    Setting(StackId owner, String property) {
        this.owner = owner;
        this.property = property;
    }

    /** Returns the stack whose output holds the value. */
    public StackId owner() {
        return owner;
    }

    /** Returns the environment variable of a function, for example {@code ORDERS_TABLE_NAME}. */
    public String variable() {
        return name();
    }

    /** Returns the Micronaut property, for example {@code plinth.orders.table-name}. */
    public String property() {
        return property;
    }

    /** Returns the key of the stack output, for example {@code OrdersTableName}. */
    public String outputKey() {
        return Arrays.stream(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
