package dev.plinth.local.console;

/**
 * Something that a template says and the laptop does not do.
 *
 * @param what a resource type, or a type and a property
 */
public record Omission(String what, String constructPath, String reason) {
}
