package dev.plinth.generation;

import java.time.Instant;
import java.util.UUID;

/** That somebody wants code to be generated from a schema and an architecture of a project. */
record Order(UUID id, UUID projectId, UUID schemaId, UUID architectureId, UUID requestedBy, Instant at) {
}
