package dev.plinth.workspace;

/** What somebody may do with a project; each includes those before it. */
public enum ProjectRight {
    /** See the project and all that is in it, its archives too. */
    READ,

    /** Change what is in it, generate code and deploy it. */
    EDIT,

    /** Change the project itself, and delete it. */
    OWN
}
