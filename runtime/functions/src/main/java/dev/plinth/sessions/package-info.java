/**
 * Sessions and mailed codes, kept in the cache: sign-in, refresh and revocation, and how often each may be tried.
 */
package dev.plinth.sessions;
