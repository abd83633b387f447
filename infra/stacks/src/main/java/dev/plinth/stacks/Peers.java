package dev.plinth.stacks;

import dev.plinth.contract.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup.EgressProperty;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupIngress;
import software.constructs.Construct;

/**
 * The security groups: one for each function inside the network and one for each destination. A connection is possible
 * when both ends name each other; nothing else is. Low-level constructs, since the CDK's own leaves a group without a
 * rule of its own when its only rules name groups, and such a group may send anything until the rules are added.
 */
final class Peers extends Construct {
    private final String vpcId;
    private final Map<Destination, CfnSecurityGroup> destinations = new EnumMap<>(Destination.class);
    private final Map<Service, CfnSecurityGroup> functions = new EnumMap<>(Service.class);

    Peers(Construct scope, String id, String vpcId, boolean proxied) {
        super(scope, id);
        this.vpcId = vpcId;
        for (Destination destination : Destination.values()) {
            if (destination != Destination.DATABASE_PROXY) {
                destinations.put(destination, group(destination.id(), List.of(nowhere())));
            }
        }
        if (proxied) {
            CfnSecurityGroup proxy = group(Destination.DATABASE_PROXY.id(), List.of(to(Destination.DATABASE)));
            destinations.put(Destination.DATABASE_PROXY, proxy);
            admit(proxy, Destination.DATABASE_PROXY.id(), Destination.DATABASE);
        }
        Arrays.stream(Service.values()).filter(Destination::inside)
                .forEach(service -> functions.put(service, function(service, proxied)));
    }

    private CfnSecurityGroup function(Service service, boolean proxied) {
        List<EgressProperty> ways = new ArrayList<>();
        Destination.of(service, proxied).forEach(destination -> ways.add(to(destination)));
        if (Destination.throughGateway(service)) {
            // A gateway endpoint is known by a prefix list, whose id differs in each region and would have to be looked
            // up. No other address outside the network has a route.
            ways.add(tcp(443).cidrIp("0.0.0.0/0").description("DynamoDB and S3, by their gateways").build());
        }
        CfnSecurityGroup function = group(service.environment(), ways);
        Destination.of(service, proxied).forEach(destination -> admit(function, service.environment(), destination));
        return function;
    }

    private CfnSecurityGroup group(String id, List<EgressProperty> ways) {
        return CfnSecurityGroup.Builder.create(this, id)
                .vpcId(vpcId).groupDescription("Who is, or may connect to, " + id).securityGroupEgress(ways).build();
    }

    private EgressProperty to(Destination destination) {
        return tcp(destination.port())
                .destinationSecurityGroupId(destinations.get(destination).getAttrGroupId())
                .description("To " + destination.id()).build();
    }

    /** Stands for no rule: a group whose template has none may send anything. */
    private static EgressProperty nowhere() {
        return EgressProperty.builder().ipProtocol("-1").cidrIp("127.0.0.1/32").description("Nowhere").build();
    }

    private static EgressProperty.Builder tcp(int port) {
        return EgressProperty.builder().ipProtocol("tcp").fromPort(port).toPort(port);
    }

    private void admit(CfnSecurityGroup from, String name, Destination to) {
        CfnSecurityGroupIngress.Builder.create(this, name + "-to-" + to.id())
                .groupId(destinations.get(to).getAttrGroupId())
                .sourceSecurityGroupId(from.getAttrGroupId())
                .ipProtocol("tcp").fromPort(to.port()).toPort(to.port())
                .description("From " + name)
                .build();
    }

    /** Returns the id of the group of a service's function; empty when that is outside the network. */
    Optional<String> of(Service service) {
        return Optional.ofNullable(functions.get(service)).map(CfnSecurityGroup::getAttrGroupId);
    }

    /** Returns the id of the group of what functions connect to. */
    String of(Destination destination) {
        return destinations.get(destination).getAttrGroupId();
    }
}
