/** The mail that functions have sent: kept in memory, a bounded number, for people and tests to read. None leaves here. */
package dev.plinth.local.mail;
