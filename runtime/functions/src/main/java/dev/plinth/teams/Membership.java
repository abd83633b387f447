package dev.plinth.teams;

import java.util.UUID;

/** A team in which somebody is, and their role in it. */
record Membership(UUID teamId, TeamDetails details, TeamRole role) {
}
