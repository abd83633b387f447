/**
 * The client of {@code make demo}: people who sign up and work through every route of the API, on the laptop or on AWS.
 * It knows the system by its stack outputs only, says what came back, and fails when something is not as promised.
 */
package dev.plinth.demo;
