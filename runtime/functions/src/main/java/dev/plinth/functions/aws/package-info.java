/**
 * The clients of AWS that services share, one of each in a process, with the timeouts that an HTTP request allows,
 * and what it means for the caller when one of them throws.
 */
package dev.plinth.functions.aws;
