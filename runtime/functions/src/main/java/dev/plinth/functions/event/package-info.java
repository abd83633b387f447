/**
 * Functions that no HTTP request starts: workers behind a queue, whose messages succeed and fail one by one, and
 * handlers of schedules, rotations and deployments.
 */
package dev.plinth.functions.event;
