package dev.plinth.functions.limits;

import dev.plinth.functions.caller.Origin;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** Names a caller, as those see them who let them in: nothing that a client can write is in it. */
final class CallerKey {
    private static final int NETWORK_BYTES = 8;

    private CallerKey() {
    }

    /** Returns {@code USER#<user id>} for who is signed in, and otherwise {@code ADDRESS#<client address>}. */
    static String of(Origin origin) {
        return origin.caller()
                .map(caller -> "USER#" + caller.userId())
                .orElseGet(() -> "ADDRESS#" + network(origin.client().sourceIp()));
    }

    /**
     * Returns an IPv4 address as it is, and of an IPv6 address the first 64 bits: one customer has at least that many
     * addresses to choose from (RFC 6177, section 2).
     */
    private static String network(String address) {
        // Without a colon it could be a name, and be looked up.
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            return InetAddress.getByName(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES) + "/64"
                    : address;
        } catch (UnknownHostException notAnAddress) {
            return address;
        }
    }
}
