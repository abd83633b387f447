/**
 * Lambda on the laptop: each function is a process of its own, started by its first request with exactly the template's
 * environment, its role's credentials, memory and timeout, over the Lambda Runtime API.
 */
package dev.plinth.local.lambda;
