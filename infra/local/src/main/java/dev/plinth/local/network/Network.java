package dev.plinth.local.network;

import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.iam.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The networks, subnets, security groups and endpoints of the templates. Thread-safe. */
public final class Network {
    private static final int HTTPS = 443;

    private final Map<String, Subnet> subnets = new LinkedHashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    /** The route tables of each subnet, by their ids. */
    private final Map<String, String> routeTables = new LinkedHashMap<>();
    private final List<Endpoint> endpoints = new ArrayList<>();
    /** Where functions stand, by the name of their role. A function outside of every network is not in here. */
    private final Map<String, Placement> functions = new LinkedHashMap<>();
    private final Map<String, String> functionsByRole = new LinkedHashMap<>();

    private record Group(String constructPath, List<Rule> ingress, List<Rule> egress) {
    }

    /** A way from a network to a service of AWS. */
    public sealed interface Endpoint {
        String constructPath();

        /** The service's name in signatures, for example {@code dynamodb}. */
        String service();

        String vpc();

        /** Says what may pass; empty for everything. */
        Optional<Policy> policy();

        /** An endpoint that route tables lead to; it costs nothing, and has no security group. */
        record Gateway(String constructPath, String service, String vpc, Optional<Policy> policy,
                       List<String> routeTables) implements Endpoint {
        }

        /** An endpoint with addresses in the network, under the service's own name there. */
        record Interface(String constructPath, String service, String vpc, Optional<Policy> policy,
                         Placement placement) implements Endpoint {
        }
    }

    public synchronized void addSubnet(Subnet subnet) {
        subnets.put(subnet.id(), subnet);
    }

    /**
     * Adds a security group.
     *
     * @param egress empty for a group whose template says nothing of it: it lets everything out, as on AWS
     */
    public synchronized void addGroup(String id, String constructPath, List<Rule> ingress,
                                      Optional<List<Rule>> egress) {
        groups.put(id, new Group(constructPath, new ArrayList<>(ingress),
                new ArrayList<>(egress.orElse(List.of(Rule.everything())))));
    }

    public synchronized void addIngress(String groupId, Rule rule) {
        group(groupId).ingress().add(rule);
    }

    /** Adds a rule, the first of which takes the place of the one that lets everything out. */
    public synchronized void addEgress(String groupId, Rule rule) {
        group(groupId).egress().remove(Rule.everything());
        group(groupId).egress().add(rule);
    }

    public synchronized void route(String subnetId, String routeTableId) {
        routeTables.put(subnetId, routeTableId);
    }

    public synchronized void addEndpoint(Endpoint endpoint) {
        endpoints.add(endpoint);
    }

    /** Returns whether the network has a security group of this id. */
    public synchronized boolean hasGroup(String id) {
        return groups.containsKey(id);
    }

    public synchronized boolean hasSubnet(String id) {
        return subnets.containsKey(id);
    }

    /**
     * Says where the function of a role stands. A caller is known by its role, so a role has one place.
     *
     * @param placement empty for a function outside of every network
     * @throws IllegalArgumentException if another function of the role stands elsewhere
     */
    public synchronized void place(String role, String functionPath, Optional<Placement> placement) {
        String other = functionsByRole.putIfAbsent(role, functionPath);
        if (other != null && !isSamePlace(placement, Optional.ofNullable(functions.get(role)))) {
            throw new IllegalArgumentException("it has the role of " + other
                    + ", which stands elsewhere in the network; "
                    + "functions of one role stand in the same subnets and security groups here");
        }
        placement.ifPresent(place -> functions.put(role, place));
    }

    private static boolean isSamePlace(Optional<Placement> one, Optional<Placement> other) {
        return one.map(Placement::subnets).equals(other.map(Placement::subnets))
                && one.map(Placement::groups).equals(other.map(Placement::groups));
    }

    /**
     * Returns why the function of a role does not reach a port of something in the network, in words that name the
     * constructs; empty when it does.
     */
    public synchronized Optional<String> obstacle(String role, Placement target, int port) {
        Placement from = functions.get(role);
        if (from == null) {
            return Optional.of("the function " + function(role) + " is in no VPC, and " + target.constructPath()
                    + " is reached from inside one only; give the function the VPC, its subnets and a security group");
        }
        if (!vpcs(from).equals(vpcs(target))) {
            return Optional.of("the function " + function(role) + " and " + target.constructPath()
                    + " are in different VPCs");
        }
        if (from.groups().stream().noneMatch(id -> admits(group(id).egress(), port, target))) {
            return Optional.of("no egress rule of " + paths(from.groups()) + ", the security groups of the function "
                    + function(role) + ", lets it out to port " + port + " of " + target.constructPath() + " ("
                    + paths(target.groups()) + ")");
        }
        if (target.groups().stream().noneMatch(id -> admits(group(id).ingress(), port, from))) {
            return Optional.of("no ingress rule of " + paths(target.groups()) + ", the security groups of "
                    + target.constructPath() + ", admits " + paths(from.groups()) + " of the function " + function(role)
                    + " on port " + port);
        }
        return Optional.empty();
    }

    /**
     * Returns why the function of a role does not reach a service of AWS; empty when it does, as a function outside of
     * every network always does. No network here has a way to the internet, since none of its parts is supported.
     *
     * @param service the service's name in signatures
     * @param needed  what the call wants to do, which the endpoint's policy has to let through
     */
    public synchronized Optional<String> obstacle(String role, String service, List<AccessRequest> needed) {
        Placement from = functions.get(role);
        if (from == null) {
            return Optional.empty();
        }
        List<Endpoint> candidates = endpoints.stream()
                .filter(endpoint -> endpoint.service().equals(service) && vpcs(from).contains(endpoint.vpc())).toList();
        if (candidates.isEmpty()) {
            return Optional.of("the function " + function(role)
                    + " is in a VPC without a way to the internet, and the VPC has no "
                    + "endpoint of " + service + "; add a VPC endpoint, or take the function out of the VPC");
        }
        List<String> obstacles = new ArrayList<>();
        for (Endpoint endpoint : candidates) {
            Optional<String> obstacle = obstacle(role, from, endpoint, needed);
            if (obstacle.isEmpty()) {
                return Optional.empty();
            }
            obstacles.add(obstacle.get());
        }
        return Optional.of(String.join("; ", obstacles));
    }

    private Optional<String> obstacle(String role, Placement from, Endpoint endpoint, List<AccessRequest> needed) {
        for (AccessRequest access : needed) {
            if (endpoint.policy().isPresent() && !endpoint.policy().get().allows(access)) {
                return Optional.of("the policy of the VPC endpoint " + endpoint.constructPath() + " does not allow "
                        + access.action() + " on " + access.resourceArn());
            }
        }
        if (endpoint instanceof Endpoint.Interface inside) {
            return obstacle(role, inside.placement(), HTTPS);
        }
        Endpoint.Gateway gateway = (Endpoint.Gateway) endpoint;
        List<String> without = from.subnets().stream()
                .filter(subnet -> !gateway.routeTables().contains(routeTables.getOrDefault(subnet, ""))).toList();
        if (!without.isEmpty()) {
            return Optional.of("the route tables of " + without.stream().map(id -> subnets.get(id).constructPath())
                    .collect(Collectors.joining(", ")) + ", subnets of the function " + function(role)
                    + ", do not lead to "
                    + gateway.constructPath());
        }
        // The addresses of a gateway's service are public ones.
        Subnet internet = new Subnet("internet", "internet", "", "0.0.0.0/0");
        if (from.groups().stream().noneMatch(id -> group(id).egress().stream()
                .anyMatch(rule -> rule.admits(HTTPS, List.of(), List.of(internet))))) {
            return Optional.of("no egress rule of " + paths(from.groups()) + ", the security groups of the function "
                    + function(role) + ", lets it out to port 443 of the addresses of " + gateway.constructPath());
        }
        return Optional.empty();
    }

    private boolean admits(List<Rule> rules, int port, Placement peer) {
        List<Subnet> peerSubnets = peer.subnets().stream().map(subnets::get).toList();
        return rules.stream().anyMatch(rule -> rule.admits(port, peer.groups(), peerSubnets));
    }

    private List<String> vpcs(Placement placement) {
        return placement.subnets().stream().map(id -> subnets.get(id).vpc()).distinct().sorted().toList();
    }

    private Group group(String id) {
        Group group = groups.get(id);
        if (group == null) {
            throw new IllegalArgumentException("there is no security group " + id + " in these templates");
        }
        return group;
    }

    private String function(String role) {
        return functionsByRole.getOrDefault(role, "of the role " + role);
    }

    private String paths(List<String> groupIds) {
        return groupIds.isEmpty() ? "no group"
                : groupIds.stream().map(id -> group(id).constructPath()).collect(Collectors.joining(", "));
    }
}
