package dev.plinth.teams;

import java.util.Optional;

/** What people say of a team. */
record TeamDetails(String name, Optional<String> description) {
}
