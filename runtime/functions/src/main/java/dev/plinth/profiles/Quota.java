package dev.plinth.profiles;

/** What a person may have so many of. */
public enum Quota {
    /** Projects that the person made and has not deleted. */
    PROJECTS("projects", 100),

    /** Teams that the person made and nobody has deleted. */
    TEAMS("teams", 20);

    private final String things;
    private final int most;

    Quota(String things, int most) {
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
