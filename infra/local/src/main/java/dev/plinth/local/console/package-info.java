/**
 * The console page of the laptop's cloud and the calls behind it: what is deployed, what happened, and the faults that a
 * person or a test orders.
 */
package dev.plinth.local.console;
