package dev.plinth.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.iam.PolicyReader;
import dev.plinth.local.network.Network;
import dev.plinth.local.network.Network.Endpoint;
import dev.plinth.local.network.Placement;
import dev.plinth.local.network.Rule;
import dev.plinth.local.network.Subnet;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Networks without a way to the internet: VPCs, subnets, security groups and endpoints. A gateway, a NAT or a network
 * ACL is a type without a creator, so it is refused.
 */
final class NetworkResources {
    private static final String TAGS = "nothing reads tags here";
    /** The services behind endpoints: the end of an endpoint's service name, and the name in signatures. */
    private static final Map<String, String> SERVICES = Map.of("dynamodb", "dynamodb", "s3", "s3",
            "secretsmanager", "secretsmanager", "sqs", "sqs", "sns", "sns", "email", "ses", "kms", "kms", "ssm", "ssm",
            "lambda", "lambda", "events", "events");

    private final Network network;
    private final PolicyReader policies = new PolicyReader(Set.of());

    NetworkResources(Network network) {
        this.network = network;
    }

    Map<String, LaptopCloud.Creator> creators() {
        return Map.of(
                "AWS::EC2::VPC", this::createVpc,
                "AWS::EC2::Subnet", this::createSubnet,
                "AWS::EC2::RouteTable", this::createRouteTable,
                "AWS::EC2::SubnetRouteTableAssociation", this::associate,
                "AWS::EC2::SecurityGroup", this::createSecurityGroup,
                "AWS::EC2::SecurityGroupIngress", this::createIngress,
                "AWS::EC2::SecurityGroupEgress", this::createEgress,
                "AWS::EC2::VPCEndpoint", this::createEndpoint);
    }

    private static String id(String prefix, ResourceDefinition resource) {
        return prefix + "-" + PhysicalNames.digest(resource.stackName() + "/" + resource.logicalId()).substring(0, 17);
    }

    private CreatedResource createVpc(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String block = properties.string("CidrBlock");
        // Without these, the names of endpoints lead to the internet, which cannot be reached from here.
        for (String name : List.of("EnableDnsSupport", "EnableDnsHostnames")) {
            if (!properties.optionalBool(name).orElse(false)) {
                throw properties.refuse(name, "true");
            }
        }
        properties.oneOf("InstanceTenancy", "default");
        properties.ignored("Tags", TAGS);
        String id = id("vpc", resource);
        return new CreatedResource(id, Map.of("VpcId", id, "CidrBlock", block));
    }

    private CreatedResource createSubnet(ResourceDefinition resource) {
        Properties properties = resource.properties();
        if (properties.optionalBool("MapPublicIpOnLaunch").orElse(false)) {
            throw properties.refuse("MapPublicIpOnLaunch", "false");
        }
        String id = id("subnet", resource);
        String vpc = properties.string("VpcId");
        String zone = properties.optionalString("AvailabilityZone").orElse("");
        network.addSubnet(new Subnet(id, resource.constructPath(), vpc, properties.string("CidrBlock")));
        properties.ignored("Tags", TAGS);
        return new CreatedResource(id, Map.of("SubnetId", id, "VpcId", vpc, "AvailabilityZone", zone,
                "CidrBlock", properties.string("CidrBlock")));
    }

    private CreatedResource createRouteTable(ResourceDefinition resource) {
        resource.properties().ignored("Tags", TAGS);
        resource.properties().string("VpcId");
        String id = id("rtb", resource);
        return new CreatedResource(id, Map.of("RouteTableId", id));
    }

    private CreatedResource associate(ResourceDefinition resource) {
        Properties properties = resource.properties();
        network.route(properties.string("SubnetId"), properties.string("RouteTableId"));
        String id = id("rtbassoc", resource);
        return new CreatedResource(id, Map.of("Id", id));
    }

    private CreatedResource createSecurityGroup(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String id = id("sg", resource);
        List<Rule> ingress = properties.objects("SecurityGroupIngress").stream().map(NetworkResources::ingress)
                .toList();
        List<Rule> egress = properties.objects("SecurityGroupEgress").stream().map(NetworkResources::egress).toList();
        String vpc = properties.string("VpcId");
        network.addGroup(id, resource.constructPath(), ingress,
                egress.isEmpty() ? Optional.empty() : Optional.of(egress));
        properties.ignored("GroupDescription", "text for people");
        properties.ignored("GroupName", "nothing finds groups by name here");
        properties.ignored("Tags", TAGS);
        return new CreatedResource(id, Map.of("GroupId", id, "VpcId", vpc));
    }

    private CreatedResource createIngress(ResourceDefinition resource) {
        network.addIngress(resource.properties().string("GroupId"), ingress(resource.properties()));
        String id = id("sgr", resource);
        return new CreatedResource(id, Map.of("Id", id));
    }

    private CreatedResource createEgress(ResourceDefinition resource) {
        network.addEgress(resource.properties().string("GroupId"), egress(resource.properties()));
        String id = id("sgr", resource);
        return new CreatedResource(id, Map.of("Id", id));
    }

    private static Rule ingress(Properties rule) {
        return rule(rule, rule.optionalString("SourceSecurityGroupId"));
    }

    private static Rule egress(Properties rule) {
        return rule(rule, rule.optionalString("DestinationSecurityGroupId"));
    }

    private static Rule rule(Properties rule, Optional<String> group) {
        rule.ignored("Description", "text for people");
        rule.ignored("CidrIpv6", "the laptop's network has no IPv6");
        Optional<String> block = rule.optionalString("CidrIp");
        try {
            return new Rule(rule.string("IpProtocol"), rule.optionalInteger("FromPort").orElse(0),
                    rule.optionalInteger("ToPort").orElse(65_535), group, block);
        } catch (IllegalArgumentException e) {
            throw rule.refuse("CidrIp", "a block of IPv4 addresses such as 10.0.0.0/16");
        }
    }

    private CreatedResource createEndpoint(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String name = properties.string("ServiceName");
        String service = SERVICES.get(name.substring(name.lastIndexOf('.') + 1));
        if (service == null) {
            throw properties.refuse("ServiceName",
                    "com.amazonaws.REGION. and one of " + SERVICES.keySet().stream().sorted().toList());
        }
        String vpc = properties.string("VpcId");
        Optional<Policy> policy = properties.optionalJson("PolicyDocument").map(document -> policy(resource, document));
        String path = resource.constructPath();
        if (properties.oneOf("VpcEndpointType", "Gateway", "Interface").orElse("Gateway").equals("Gateway")) {
            network.addEndpoint(new Endpoint.Gateway(path, service, vpc, policy, properties.strings("RouteTableIds")));
        } else {
            if (!properties.optionalBool("PrivateDnsEnabled").orElse(false)) {
                throw properties.refuse("PrivateDnsEnabled",
                        "true, so that the service's own name leads to the endpoint");
            }
            network.addEndpoint(new Endpoint.Interface(path, service, vpc, policy,
                    new Placement(path, properties.strings("SubnetIds"), properties.strings("SecurityGroupIds"))));
        }
        properties.ignored("Tags", TAGS);
        String id = id("vpce", resource);
        return new CreatedResource(id, Map.of("Id", id));
    }

    /** Reads a policy whose statements are for everybody, as those of endpoints usually are. */
    private Policy policy(ResourceDefinition resource, JsonNode document) {
        JsonNode anonymous = document.deepCopy();
        for (JsonNode statement : anonymous.path("Statement")) {
            JsonNode principal = statement.path("Principal");
            JsonNode named = principal.isObject() && principal.size() == 1 ? principal.path("AWS") : principal;
            if (!named.asText().equals("*")) {
                throw resource.properties().refuse("PolicyDocument", "statements whose Principal is *");
            }
            ((ObjectNode) statement).remove("Principal");
        }
        return policies.policy("endpoint", resource.constructPath(), anonymous);
    }
}
