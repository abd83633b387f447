package dev.plinth.todos;

/** Where a todo stands. Each step between two statuses is allowed, as only its owner takes them. */
enum TodoStatus {
    /** To be done. */
    OPEN,

    /** Done, and kept until its owner removes it. */
    DONE,

    /** Put away: kept for a month, then removed by itself. */
    ARCHIVED
}
