/**
 * The platform under every service: the handler that API Gateway's events arrive at, settings, errors, logs, health
 * and the checkpoint. A service is a package beside this one; it is given what it needs and never reaches in here for
 * more. ADR 0005 gives the reasons.
 */
package dev.plinth.functions;
