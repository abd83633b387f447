package dev.plinth.todos;

/** What a todo shall be after a change. */
record TodoChange(TodoDetails details, TodoStatus status) {
}
