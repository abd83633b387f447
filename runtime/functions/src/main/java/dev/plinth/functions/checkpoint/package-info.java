/**
 * What a function does before SnapStart freezes it and after it thaws: answer requests of its own and call what no
 * such request reaches, so that the first caller after a restore finds every class loaded.
 */
package dev.plinth.functions.checkpoint;
