package com.amazonaws.services.lambda.crac;

/**
 * Stands on the class path before the class of this name in Lambda's runtime client, whose method is native and exists
 * for Linux only. All else of that client's checkpoint context (order, weak references, suppressed failures) stays
 * Lambda's own. There is no name to forget here: every address is 127.0.0.1.
 */
final class DNSManager {
    private DNSManager() {
    }

    static void clearCache() {
        // Nothing is cached.
    }
}
