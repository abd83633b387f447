package dev.plinth.stacks;

import java.util.List;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnVPCEndpoint;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpoint;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * A network without a way in or out: no internet gateway, no NAT. Functions and data have subnets of their own, and only
 * those of the functions have a route, by gateway endpoints, to DynamoDB and S3 (ADR 0007).
 */
final class PrivateNetwork extends Construct {
    private static final String FUNCTIONS = "functions";
    private static final String DATA = "data";

    private final Vpc vpc;

    PrivateNetwork(Construct scope, String id, Stage stage) {
        super(scope, id);
        this.vpc = Vpc.Builder.create(this, "Vpc")
                .ipAddresses(IpAddresses.cidr("10.0.0.0/16"))
                .maxAzs(stage.sizes().zones())
                .natGateways(0)
                .createInternetGateway(false)
                // The CDK would empty the default group by a function of its own. Nothing is in that group.
                .restrictDefaultSecurityGroup(false)
                .subnetConfiguration(List.of(isolated(FUNCTIONS, 20), isolated(DATA, 24)))
                .build();
        LogGroup logs = LogGroup.Builder.create(this, "FlowLogs")
                .retention(stage.logRetention())
                .removalPolicy(stage.removalPolicy())
                .build();
        vpc.addFlowLog("FlowLog", FlowLogOptions.builder()
                .destination(FlowLogDestination.toCloudWatchLogs(logs)).build());
        addGateways();
    }

    private static SubnetConfiguration isolated(String name, int mask) {
        return SubnetConfiguration.builder().name(name).cidrMask(mask).subnetType(SubnetType.PRIVATE_ISOLATED).build();
    }

    private void addGateways() {
        Stack stack = Stack.of(this);
        GatewayVpcEndpoint tables = gateway("DynamoDb", GatewayVpcEndpointAwsService.DYNAMODB);
        // What is inside cannot carry data to tables of another account.
        tables.addToPolicy(allow(List.of("dynamodb:*"), stack.formatArn(ArnComponents.builder()
                .service("dynamodb").resource("table").resourceName("*").build())));
        GatewayVpcEndpoint objects = gateway("S3", GatewayVpcEndpointAwsService.S3);
        // CloudFormation's own bucket takes the answer of the migrations; nothing inside uses another.
        objects.addToPolicy(allow(List.of("s3:PutObject"), stack.formatArn(ArnComponents.builder()
                .service("s3").region("").account("")
                .resource("cloudformation-custom-resource-response-*").resourceName("*").build())));
    }

    private GatewayVpcEndpoint gateway(String id, GatewayVpcEndpointAwsService service) {
        return vpc.addGatewayEndpoint(id, GatewayVpcEndpointOptions.builder()
                .service(service).subnets(List.of(subnets(FUNCTIONS))).build());
    }

    private static PolicyStatement allow(List<String> actions, String resource) {
        return PolicyStatement.Builder.create()
                .principals(List.of(new AnyPrincipal())).actions(actions).resources(List.of(resource)).build();
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
                .vpcId(vpc.getVpcId())
                .vpcEndpointType("Interface")
                .serviceName("com.amazonaws." + Stack.of(this).getRegion() + "." + service)
                .privateDnsEnabled(true)
                .subnetIds(ofFunctions().subList(0, zones))
                .securityGroupIds(List.of(group))
                .policyDocument(PolicyDocument.Builder.create()
                        .statements(List.of(allow(List.of(action), resource))).build())
                .build();
    }

    String vpcId() {
        return vpc.getVpcId();
    }

    /** Returns the ids of the subnets of functions, one in each zone. */
    List<String> ofFunctions() {
        return vpc.selectSubnets(subnets(FUNCTIONS)).getSubnetIds();
    }

    /** Returns the ids of the subnets of data, one in each zone. */
    List<String> ofData() {
        return vpc.selectSubnets(subnets(DATA)).getSubnetIds();
    }

    private static SubnetSelection subnets(String group) {
        return SubnetSelection.builder().subnetGroupName(group).build();
    }
}
