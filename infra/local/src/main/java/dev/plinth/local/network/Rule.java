package dev.plinth.local.network;

import java.util.List;
import java.util.Optional;

/**
 * A rule of a security group: the port that it opens, and to whom.
 *
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, or {@code -1} for all
 * @param from     the first port; meaningless unless the protocol is tcp or udp
 * @param group    the id of the peer's security group, or
 * @param block    the addresses of the peer; neither for a peer that is nothing here, such as an IPv6 block
 */
public record Rule(String protocol, int from, int to, Optional<String> group, Optional<String> block) {
    public Rule {
        block.ifPresent(AddressBlock::parse);
    }

    static Rule everything() {
        return new Rule("-1", 0, 65_535, Optional.empty(), Optional.of("0.0.0.0/0"));
    }

    /** Tells whether the rule is for a TCP port and for a peer that has these groups and stands in these subnets. */
    boolean admits(int port, List<String> peerGroups, List<Subnet> peerSubnets) {
        boolean open = protocol.equals("-1") || protocol.equals("tcp") && from <= port && port <= to;
        if (!open) {
            return false;
        }
        if (group.isPresent()) {
            return peerGroups.contains(group.get());
        }
        // Its address may come from any of the subnets.
        return block.isPresent() && !peerSubnets.isEmpty() && peerSubnets.stream()
                .allMatch(subnet -> AddressBlock.parse(block.get()).contains(AddressBlock.parse(subnet.block())));
    }
}
