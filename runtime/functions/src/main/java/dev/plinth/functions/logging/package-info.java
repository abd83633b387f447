/**
 * Logs as JSON, one line an event, to standard output, where Lambda collects them. The message is a constant phrase and
 * everything that varies is a field of its own, so that events are found by equality and not by pattern.
 */
package dev.plinth.functions.logging;
