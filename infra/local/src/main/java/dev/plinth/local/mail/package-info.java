/** The mail that functions have sent: a bounded number, in memory, for people and tests to read. None is delivered. */
package dev.plinth.local.mail;
