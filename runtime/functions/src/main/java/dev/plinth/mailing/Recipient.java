package dev.plinth.mailing;

import java.net.IDN;

/**
 * Whom a mail goes to.
 *
 * @param address  as the user wrote it
 * @param verified whether the user has proved that it is theirs
 */
record Recipient(String address, boolean verified) {
    /** Returns the address with its domain in the form of DNS, the only one that SES takes. */
    String deliverable() {
        int at = address.lastIndexOf('@');
        return address.substring(0, at + 1) + IDN.toASCII(address.substring(at + 1));
    }

    /** Without the address, so that a log cannot have it. */
    @Override
    public String toString() {
        return "Recipient";
    }
}
