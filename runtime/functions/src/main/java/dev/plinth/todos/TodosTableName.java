package dev.plinth.todos;

/** The physical name of the todos table. A type of its own, so that no other text is taken for it. */
record TodosTableName(String value) {
}
