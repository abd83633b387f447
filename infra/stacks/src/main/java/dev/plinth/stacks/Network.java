package dev.plinth.stacks;

import dev.plinth.contract.Service;
import java.util.List;
import java.util.Optional;

/** What stacks after the network need of it: places in its subnets, and the groups that say who may connect. */
record Network(PrivateNetwork subnets, Peers peers) {

    /** Returns the place of a service's function; empty when it is outside the network. */
    Optional<ServiceFunction.Place> placeOf(Service service) {
        return peers.of(service).map(group -> new ServiceFunction.Place(subnets.ofFunctions(), group));
    }

    List<String> dataSubnetIds() {
        return subnets.ofData();
    }

    /** Returns the id of the group of what functions connect to. */
    String groupOf(Destination destination) {
        return peers.of(destination);
    }
}
