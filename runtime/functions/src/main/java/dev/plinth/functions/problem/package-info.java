/**
 * What a caller is told when a request is not served: one table from failures to answers, and RFC 9457 documents. Every
 * error leaves through here, also those of the framework, so that no parser text, class name or stack trace can.
 */
package dev.plinth.functions.problem;
