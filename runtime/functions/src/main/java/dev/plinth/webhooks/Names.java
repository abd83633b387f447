package dev.plinth.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. Thread-safe. */
interface Names {
    /**
     * Returns the addresses of a host, at least one.
     *
     * @throws UnknownHostException when it has none, or when they are not found in time
     */
    List<InetAddress> addresses(String host) throws UnknownHostException;
}
