package dev.plinth.teams;

/** What a member may do, in the team and with its projects; each role includes those before it. */
public enum TeamRole {
    /** Sees the team, its projects and all that is in them. */
    VIEWER,

    /** Changes what is in the team's projects, and shares projects with the team. */
    EDITOR,

    /** Changes the team and its projects themselves. */
    OWNER
}
