package dev.plinth.workspace;

/** What a project may have so many of. */
public enum ProjectQuota {
    SCHEMAS("schemas", 20),
    ARCHITECTURES("architectures", 20),
    DOCUMENTS("documents", 100);

    private final String things;
    private final int most;

    ProjectQuota(String things, int most) {
        this.things = things;
        this.most = most;
    }

    /** Returns what is counted, as people call it. */
    public String things() {
        return things;
    }

    public int most() {
        return most;
    }
}
