/**
 * API Gateway's HTTP API on the laptop: explicit routes, payload format 2.0, CORS, throttling and access logs, answering
 * in its own words where the gateway does.
 */
package dev.plinth.local.httpapi;
