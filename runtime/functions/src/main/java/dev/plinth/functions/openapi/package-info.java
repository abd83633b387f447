/**
 * Serves the description of the API, which the build generates from the controllers. It is a resource of the jar, so
 * what is served is what was compiled.
 */
package dev.plinth.functions.openapi;
