package dev.plinth.todos;

import java.util.UUID;

/** Where the ids of new todos come from: UUIDs of version 7, which sort by the time of creation. */
@FunctionalInterface
interface TodoIds {
    UUID next();
}
