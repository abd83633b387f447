package dev.plinth.stacks;

import dev.plinth.contract.Service;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.ec2.SecurityGroup;

/** What stacks after the network need of it: places in its subnets, and the groups that say who may connect. */
record Network(PrivateNetwork subnets, Peers peers) {

    /** Returns the place of a service's function; empty when it is outside the network. */
    Optional<ServiceFunction.Place> placeOf(Service service) {
        return Optional.ofNullable(peers.functions().get(service))
                .map(group -> new ServiceFunction.Place(subnets.vpc(), subnets.ofFunctions(), group));
    }

    List<String> dataSubnetIds() {
        return subnets.ofData();
    }

    /** Returns the group of what functions connect to. */
    SecurityGroup groupOf(Destination destination) {
        return peers.of(destination);
    }
}
