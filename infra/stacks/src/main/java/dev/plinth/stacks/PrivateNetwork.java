package dev.plinth.stacks;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnFlowLog;
import software.amazon.awscdk.services.ec2.CfnRouteTable;
import software.amazon.awscdk.services.ec2.CfnSubnet;
import software.amazon.awscdk.services.ec2.CfnSubnetRouteTableAssociation;
import software.amazon.awscdk.services.ec2.CfnVPC;
import software.amazon.awscdk.services.ec2.CfnVPCEndpoint;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * A network without a way in or out: no internet gateway, no NAT. Functions and data have subnets of their own, and
 * only those of the functions have a route, by gateway endpoints, to DynamoDB and S3 (ADR 0007). Low-level constructs,
 * since the CDK's own writes a path of the machine into the assembly, and would empty the network's default security
 * group, which nothing is in, by a function of its own.
 */
final class PrivateNetwork extends Construct {
    private final CfnVPC vpc;
    private final List<CfnSubnet> functions = new ArrayList<>();
    private final List<CfnSubnet> data = new ArrayList<>();

    PrivateNetwork(Construct scope, String id, Stage stage) {
        super(scope, id);
        this.vpc = CfnVPC.Builder.create(this, "Vpc")
                .cidrBlock("10.0.0.0/16").enableDnsSupport(true).enableDnsHostnames(true).build();
        List<String> ways = new ArrayList<>();
        for (int zone = 0; zone < stage.sizes().zones(); zone++) {
            // A function needs addresses by its concurrency, so its subnets are the large ones.
            CfnSubnet subnet = subnet("functions" + (zone + 1), zone, "10.0." + 16 * zone + ".0/20");
            functions.add(subnet);
            ways.add(routeTable(subnet, "functions" + (zone + 1)));
            CfnSubnet store = subnet("data" + (zone + 1), zone, "10.0." + (128 + zone) + ".0/24");
            data.add(store);
            routeTable(store, "data" + (zone + 1));
        }
        addGateways(ways);
        recordTraffic(stage);
    }

    private CfnSubnet subnet(String id, int zone, String addresses) {
        return CfnSubnet.Builder.create(this, id)
                .vpcId(vpc.getRef())
                // Chosen at deployment, so that synthesis looks nothing up.
                .availabilityZone(Fn.select(zone, Fn.getAzs()))
                .cidrBlock(addresses)
                .mapPublicIpOnLaunch(false)
                .build();
    }

    /** Gives a subnet a table of its own, which leads nowhere by itself; without one it would share the network's. */
    private String routeTable(CfnSubnet subnet, String name) {
        CfnRouteTable table = CfnRouteTable.Builder.create(this, name + "-routes").vpcId(vpc.getRef()).build();
        CfnSubnetRouteTableAssociation.Builder.create(this, name + "-association")
                .subnetId(subnet.getRef()).routeTableId(table.getRef()).build();
        return table.getRef();
    }

    private void addGateways(List<String> routeTables) {
        Stack stack = Stack.of(this);
        // What is inside cannot carry data to tables of another account.
        addGateway("DynamoDb", "dynamodb", routeTables, allow("dynamodb:*", stack.formatArn(ArnComponents.builder()
                .service("dynamodb").resource("table").resourceName("*").build())));
        // CloudFormation's own bucket takes the answer of the migrations; nothing inside uses another.
        addGateway("S3", "s3", routeTables, allow("s3:PutObject", stack.formatArn(ArnComponents.builder()
                .service("s3").region("").account("")
                .resource("cloudformation-custom-resource-response-*").resourceName("*").build())));
    }

    private void addGateway(String id, String service, List<String> routeTables, PolicyDocument policy) {
        CfnVPCEndpoint.Builder.create(this, id)
                .vpcId(vpc.getRef())
                .vpcEndpointType("Gateway")
                .serviceName(nameOf(service))
                .routeTableIds(routeTables)
                .policyDocument(policy)
                .build();
    }

    private void recordTraffic(Stage stage) {
        LogGroup logs = LogGroup.Builder.create(this, "FlowLogs")
                .retention(stage.logRetention())
                .removalPolicy(stage.removalPolicy())
                .build();
        Role writer = Role.Builder.create(this, "FlowLogWriter")
                .assumedBy(new ServicePrincipal("vpc-flow-logs.amazonaws.com"))
                .description("As whom the network's traffic is recorded")
                .build();
        logs.grant(writer, "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents");
        CfnFlowLog.Builder.create(this, "FlowLog")
                .resourceType("VPC")
                .resourceId(vpc.getRef())
                .trafficType("ALL")
                .logDestinationType("cloud-watch-logs")
                .logGroupName(logs.getLogGroupName())
                .deliverLogsPermissionArn(writer.getRoleArn())
                .build();
    }

    /**
     * Adds an endpoint of an AWS service inside the network, under the service's usual name.
     *
     * @param service  the last part of the service's name, for example {@code sqs}
     * @param group    the id of the security group that says who may connect to it
     * @param zones    in how many zones it has an address
     * @param action   what it lets pass
     * @param resource on what
     */
    void addEndpoint(String id, String service, String group, int zones, String action, String resource) {
        CfnVPCEndpoint.Builder.create(this, id)
                .vpcId(vpc.getRef())
                .vpcEndpointType("Interface")
                .serviceName(nameOf(service))
                .privateDnsEnabled(true)
                .subnetIds(ofFunctions().subList(0, zones))
                .securityGroupIds(List.of(group))
                .policyDocument(allow(action, resource))
                .build();
    }

    private String nameOf(String service) {
        return "com.amazonaws." + Stack.of(this).getRegion() + "." + service;
    }

    private static PolicyDocument allow(String action, String resource) {
        return PolicyDocument.Builder.create().statements(List.of(PolicyStatement.Builder.create()
                .principals(List.of(new AnyPrincipal())).actions(List.of(action)).resources(List.of(resource)).build()))
                .build();
    }

    String vpcId() {
        return vpc.getRef();
    }

    /** Returns the ids of the subnets of functions, one in each zone. */
    List<String> ofFunctions() {
        return functions.stream().map(CfnSubnet::getRef).toList();
    }

    /** Returns the ids of the subnets of data, one in each zone. */
    List<String> ofData() {
        return data.stream().map(CfnSubnet::getRef).toList();
    }
}
