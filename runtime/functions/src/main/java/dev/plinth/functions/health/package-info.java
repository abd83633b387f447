/**
 * Whether the things that a service depends on answer, each by name and with its latency. A check that does not
 * answer in time counts as down; what it threw is logged and never sent.
 */
package dev.plinth.functions.health;
