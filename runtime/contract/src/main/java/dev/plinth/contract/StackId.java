package dev.plinth.contract;

/** The stacks of one stage, in the order in which they are deployed. */
public enum StackId {
    NETWORK("Network"),
    DATABASE("Database"),
    CACHE("Cache"),
    TABLES("Tables"),
    STORAGE("Storage"),
    MESSAGING("Messaging"),
    RUNTIME("Runtime"),
    OBSERVABILITY("Observability");

    private final String suffix;

    StackId(String suffix) {
        this.suffix = suffix;
    }

    /**
     * Returns the CloudFormation name of this stack in a stage, for example {@code PlinthDevTables}.
     *
     * @param stage a stage's name in lower case, for example {@code dev}
     */
    public String nameIn(String stage) {
        return "Plinth" + Character.toUpperCase(stage.charAt(0)) + stage.substring(1) + suffix;
    }
}
