package dev.plinth.todos;

/** How much a todo matters to its owner. */
enum Priority {
    LOW,
    NORMAL,
    HIGH
}
