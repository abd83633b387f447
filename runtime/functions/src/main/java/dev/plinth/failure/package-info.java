/**
 * How a service says that it will not do what it was asked: by kind, in words for the caller, and with the places in
 * the request that are at fault. It knows nothing of HTTP; one table in {@code dev.plinth.functions.problem} maps kinds
 * to answers.
 */
package dev.plinth.failure;
