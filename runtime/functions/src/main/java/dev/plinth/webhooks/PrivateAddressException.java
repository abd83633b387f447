package dev.plinth.webhooks;

import java.net.UnknownHostException;

/** The host has an address that no request may go to. It says neither which host nor which address. */
final class PrivateAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    PrivateAddressException() {
        super("The host has an address that is not of the whole Internet.");
    }
}
