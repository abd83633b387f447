/**
 * Reads request bodies: strict JSON into records, with every rule that the body breaks in one answer, each with a
 * pointer to its place. What a caller is told is written here; the parser's own words and class names stay inside.
 */
package dev.plinth.functions.json;
