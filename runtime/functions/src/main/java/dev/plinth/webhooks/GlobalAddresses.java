package dev.plinth.webhooks;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells the addresses of the whole Internet from those that mean something only here: the IANA special-purpose address
 * registries of IPv4 and IPv6 (RFC 6890), multicast, and for IPv6 everything that is not handed out as global unicast.
 * Addresses that carry one of IPv4 inside, whether mapped, translated (NAT64) or tunnelled (6to4, Teredo), are refused
 * whole: where such a packet comes out is not for the sender to know.
 */
final class GlobalAddresses {
    private static final List<IPAddress> SPECIAL_V4 = blocks(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    /** The only block that global unicast addresses come from (RFC 4291, section 2.4). */
    private static final List<IPAddress> UNICAST_V6 = blocks("2000::/3");

    /** Within it: protocol assignments with Teredo and benchmarks, documentation twice, and 6to4. */
    private static final List<IPAddress> SPECIAL_V6 =
            blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private GlobalAddresses() {
    }

    static boolean contain(InetAddress address) {
        if (address instanceof Inet4Address v4) {
            return !within(SPECIAL_V4, new IPv4Address(v4));
        }
        return address instanceof Inet6Address v6
                && within(UNICAST_V6, bare(v6)) && !within(SPECIAL_V6, bare(v6));
    }

    /** Without the zone, which says by which interface an address is reached and nothing about the address. */
    private static IPv6Address bare(Inet6Address address) {
        return new IPv6Address(address.getAddress());
    }

    private static boolean within(List<IPAddress> blocks, IPAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static List<IPAddress> blocks(String... prefixes) {
        return Stream.of(prefixes).map(prefix -> new IPAddressString(prefix).getAddress().toPrefixBlock()).toList();
    }
}
