package dev.plinth.local.cloud;

import dev.plinth.local.door.Account;
import dev.plinth.local.door.Callers;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.iam.Denied;
import dev.plinth.local.iam.Role;
import dev.plinth.local.network.Network;
import dev.plinth.local.network.Placement;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts functions into the network, or outside of it, as their VpcConfig says. */
final class FunctionPlaces {
    private final Account account;
    private final Callers callers;
    private final Network network;

    FunctionPlaces(Account account, Callers callers, Network network) {
        this.account = account;
        this.callers = callers;
        this.network = network;
    }

    void place(ResourceDefinition function, String roleName) {
        Properties properties = function.properties();
        Optional<Placement> placement = properties.optionalObject("VpcConfig")
                .map(config -> placement(function, config)).filter(place -> !place.subnets().isEmpty());
        placement.ifPresent(place -> checkPermissions(function, callers.role(roleName).orElseThrow(), place));
        try {
            network.place(roleName, function.constructPath(), placement);
        } catch (IllegalArgumentException e) {
            throw properties.refuse("VpcConfig", "one place in the network for a role; " + e.getMessage());
        }
    }

    private Placement placement(ResourceDefinition function, Properties config) {
        List<String> subnets = config.strings("SubnetIds");
        List<String> groups = config.strings("SecurityGroupIds");
        if (!subnets.stream().allMatch(network::hasSubnet)) {
            throw config.refuse("SubnetIds", "subnets of these templates");
        }
        if (!groups.stream().allMatch(network::hasGroup)) {
            throw config.refuse("SecurityGroupIds", "security groups of these templates");
        }
        return new Placement(function.constructPath(), subnets, groups);
    }

    /**
     * Lambda refuses to create a function whose role may not make the network interfaces that it needs (Developer
     * Guide).
     */
    private void checkPermissions(ResourceDefinition function, Role role, Placement place) {
        List<AccessRequest> needed = new ArrayList<>(List.of(
                request("DescribeNetworkInterfaces", "*"),
                request("CreateNetworkInterface", account.arn("ec2", "network-interface/eni-0")),
                request("DeleteNetworkInterface", account.arn("ec2", "network-interface/eni-0"))));
        place.subnets().forEach(id -> needed.add(request("CreateNetworkInterface",
                account.arn("ec2", "subnet/" + id))));
        place.groups().forEach(id -> needed.add(request("CreateNetworkInterface",
                account.arn("ec2", "security-group/" + id))));
        for (AccessRequest access : needed) {
            if (role.decide(access) instanceof Denied denied) {
                throw function.properties()
                        .refuse("Role", "a role that may make the network interfaces of a function in a VPC\n"
                        + denied.explanation());
            }
        }
    }

    private static AccessRequest request(String operation, String arn) {
        return new AccessRequest("ec2:" + operation, arn, Map.of());
    }
}
