/**
 * Refuses a caller who asks too often, before any controller is reached. Requests are counted in a table that every
 * process shares, with one write a request at most, so the limits of {@link dev.plinth.contract.RateLimits} hold
 * however many processes answer; where the table does not, reads go uncounted and writes are refused. ADR 0020 says
 * why.
 */
package dev.plinth.functions.limits;
