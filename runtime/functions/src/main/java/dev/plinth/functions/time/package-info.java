/**
 * What time it is, from a clock that tests can replace, and how a time is written: to the millisecond, so that what is
 * stored and what is sent are the same.
 */
package dev.plinth.functions.time;
