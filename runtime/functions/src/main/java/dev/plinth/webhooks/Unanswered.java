package dev.plinth.webhooks;

/** Why an attempt has no status of HTTP to show. */
enum Unanswered {
    /** The receiver did not answer within five seconds. */
    TIMED_OUT,

    /** The receiver's host has no address. */
    UNKNOWN_HOST,

    /** The receiver's host has an address inside a private network. */
    PRIVATE_ADDRESS,

    /** The receiver's certificate is not one to trust, or the two could not agree on TLS. */
    NO_TLS,

    /** No connection came about, or no answer of HTTP came over it. */
    NO_ANSWER
}
