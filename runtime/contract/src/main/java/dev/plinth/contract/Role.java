package dev.plinth.contract;

/** What a signed-in person may do beyond what is their own. Everybody starts as a customer. */
public enum Role {
    /** Sees and changes what is their own. */
    CUSTOMER,

    /** Keeps the catalogue. */
    MERCHANT,

    /** Serves customers: sees their orders and takes them from step to step. */
    STAFF,

    /** Runs the system: gives roles, sees and removes users, and may do what staff may. */
    OPERATOR
}
