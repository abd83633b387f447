/**
 * The gates in front of PostgreSQL and Redis, as the door stands in front of AWS's services: TLS, a sign-in with the
 * token of IAM authentication, the policies of the caller's role as synthesised, and the way through the network. What
 * a gate lets in it passes on unread, so that the engine behind it answers.
 */
package dev.plinth.local.gate;
