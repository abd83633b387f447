package dev.plinth.local.network;

import java.util.List;

/**
 * Where something stands in the network.
 *
 * @param constructPath what stands there
 * @param subnets       the ids of its subnets
 * @param groups        the ids of its security groups
 */
public record Placement(String constructPath, List<String> subnets, List<String> groups) {
    public Placement {
        subnets = List.copyOf(subnets);
        groups = List.copyOf(groups);
    }
}
