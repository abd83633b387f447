package dev.plinth.functions.caller;

/**
 * Where a request comes from. A controller's method may take one as a parameter.
 *
 * @param sourceIp  the address that connected to API Gateway, which says it; no header can
 * @param userAgent what the client calls itself; empty when it does not say
 */
public record Client(String sourceIp, String userAgent) {
}
