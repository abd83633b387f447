/**
 * What happened lately in the laptop's cloud: written by the door, the HTTP API, queues and schedules, read by the console
 * page.
 */
package dev.plinth.local.journal;
