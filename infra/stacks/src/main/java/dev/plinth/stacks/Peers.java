package dev.plinth.stacks;

import dev.plinth.contract.Service;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.constructs.Construct;

/**
 * The security groups: one for each function inside the network and one for each destination. A connection is possible
 * when both ends name each other; nothing else is.
 */
final class Peers extends Construct {
    private final IVpc vpc;
    private final Map<Destination, SecurityGroup> destinations = new EnumMap<>(Destination.class);
    private final Map<Service, SecurityGroup> functions = new EnumMap<>(Service.class);

    Peers(Construct scope, String id, IVpc vpc, boolean proxied) {
        super(scope, id);
        this.vpc = vpc;
        for (Destination destination : Destination.values()) {
            if (proxied || destination != Destination.DATABASE_PROXY) {
                destinations.put(destination, group(destination.id(), "Who may connect to " + destination.id()));
            }
        }
        for (Service service : Service.values()) {
            if (Destination.inside(service)) {
                functions.put(service, admit(service, proxied));
            }
        }
        if (proxied) {
            connect(destinations.get(Destination.DATABASE_PROXY), Destination.DATABASE, "the proxy");
        }
    }

    private SecurityGroup admit(Service service, boolean proxied) {
        SecurityGroup function = group(service.environment(), "The function " + service.environment());
        Destination.of(service, proxied).forEach(to -> connect(function, to, service.environment()));
        if (Destination.throughGateway(service)) {
            // A gateway endpoint is known by a prefix list, whose id differs in each region and would have to be looked
            // up. No other address outside the network has a route.
            function.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "DynamoDB and S3, by the gateway endpoints");
        }
        return function;
    }

    private void connect(SecurityGroup from, Destination to, String who) {
        from.getConnections().allowTo(destinations.get(to), Port.tcp(to.port()), who + " to " + to.id());
    }

    private SecurityGroup group(String id, String description) {
        return SecurityGroup.Builder.create(this, id)
                .vpc(vpc).description(description).allowAllOutbound(false).build();
    }

    /** Returns the groups of the functions that are inside the network. */
    Map<Service, SecurityGroup> functions() {
        return Collections.unmodifiableMap(functions);
    }

    SecurityGroup of(Destination destination) {
        return destinations.get(destination);
    }
}
