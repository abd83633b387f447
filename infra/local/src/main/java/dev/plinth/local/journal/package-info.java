/** What happened lately in the laptop's cloud: written by the door and the HTTP API, read by the console page. */
package dev.plinth.local.journal;
