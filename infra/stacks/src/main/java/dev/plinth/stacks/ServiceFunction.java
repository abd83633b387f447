package dev.plinth.stacks;

import dev.plinth.contract.Service;
import dev.plinth.contract.Trigger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.ApplicationLogLevel;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The function of one service. One that a caller waits for starts from a snapshot, and is reached by the alias
 * {@code live} only: SnapStart takes its snapshot of a published version, and an alias moves to the next version in one
 * step. The others take their time to start.
 */
final class ServiceFunction extends Construct implements IGrantable {
    /** In MiB. Lambda gives processor time in proportion, and a password's hash takes both. */
    private static final int MEMORY = 1024;

    private final Role role;
    private final Function function;
    private final IFunction live;

    /** A place inside the network: the ids of its subnets and of the security group of the function. */
    record Place(List<String> subnets, String group) {
    }

    /**
     * Takes what starts the function.
     *
     * @param variables its whole environment
     * @param place     empty for a function outside the network
     */
    record Props(Service service, Map<String, String> variables, Code code, Stage stage, Optional<Place> place) {
        Props {
            // Sorted, since the order of a map differs from one JVM to the next and the template must not.
            variables = new TreeMap<>(variables);
        }
    }

    ServiceFunction(Construct scope, String id, Props props) {
        super(scope, id);
        LogGroup logs = LogGroup.Builder.create(this, "Logs")
                .retention(props.stage().logRetention())
                .removalPolicy(props.stage().removalPolicy())
                .build();
        // A role of our own, since the one that the CDK makes comes with a managed policy on every log group.
        this.role = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .description("What the " + props.service().environment() + " service may do")
                .build();
        logs.grantWrite(role);
        Service service = props.service();
        Function.Builder builder = Function.Builder.create(this, "Function")
                .description("The " + service.environment() + " service")
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .handler(service.trigger().handler())
                .code(props.code())
                .environment(props.variables())
                .memorySize(MEMORY)
                .timeout(timeoutOf(service))
                .role(role)
                .logGroup(logs)
                .loggingFormat(LoggingFormat.JSON)
                .applicationLogLevelV2(ApplicationLogLevel.INFO)
                .tracing(Tracing.ACTIVE);
        props.stage().sizes().concurrencyOf(service).ifPresent(builder::reservedConcurrentExecutions);
        if (awaited(service)) {
            builder.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
        }
        this.function = builder.build();
        props.place().ifPresent(this::enter);
        this.live = awaited(service) ? publish() : function;

        Reviewed.finding(role, "AwsSolutions-IAM5[Resource::*]",
                "The one statement on * holds actions that take no resource (Service Authorization Reference):"
                        + " xray:PutTraceSegments and xray:PutTelemetryRecords, inside the network"
                        + " ec2:DescribeNetworkInterfaces and ec2:DescribeSubnets, and for operators"
                        + " cloudwatch:GetMetricData.");
        CountedMetrics.filter(logs, service, props.stage());
    }

    /** Tells whether a caller waits for the service's answer. */
    static boolean awaited(Service service) {
        return service.trigger() == Trigger.HTTP || service.trigger() == Trigger.AUTHORIZER;
    }

    /** Returns how long a service's function may run. */
    static Duration timeoutOf(Service service) {
        return switch (service.trigger()) {
            // Below the 30 seconds after which API Gateway gives up, so that the caller gets the function's own answer.
            case HTTP -> Duration.seconds(10);
            // A caller waits for it before anything else.
            case AUTHORIZER -> Duration.seconds(5);
            // A queue hides a message for six times as long, and mail should not wait for minutes.
            case QUEUE -> Duration.seconds(switch (service) {
                case GENERATION_WORKER -> 60;
                // One message may stand for a hundred projects with all that is in them.
                case STUDIO_WORKER -> 60;
                // Follows a stack for up to 100 seconds, and then goes on by another message.
                case DEPLOYMENT_WORKER -> 150;
                // Five requests of at most 5 seconds each.
                case WEBHOOK_WORKER -> 30;
                default -> 15;
            });
            // Over before it starts again.
            case SCHEDULE -> Duration.seconds(50);
            case ROTATION -> Duration.minutes(1);
            // The longest that there is: a migration that is cut off has to be repaired by hand.
            case DEPLOYMENT -> Duration.minutes(15);
        };
    }

    private void enter(Place place) {
        ((CfnFunction) function.getNode().getDefaultChild()).setVpcConfig(CfnFunction.VpcConfigProperty.builder()
                .subnetIds(place.subnets()).securityGroupIds(List.of(place.group())).build());
        // Lambda attaches the function to the network with its role. These resources are the narrowest that it
        // documents (Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC"). Code in
        // the function gains nothing by them, since it has no route to the API of EC2.
        String any = Stack.of(this).formatArn(ArnComponents.builder()
                .service("ec2").resource("*").resourceName("*").build());
        grant(List.of("ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"), "*");
        grant(List.of("ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses",
                "ec2:UnassignPrivateIpAddresses"), any);
        accept("arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>:*/*",
                "Lambda refuses narrower resources for the network interfaces of a function.");
    }

    private void grant(List<String> actions, String resource) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(this).actions(actions).resourceArns(List.of(resource)).build());
    }

    private Alias publish() {
        Reviewed.finding(function, "@aws-cdk/aws-lambda:snapStartRequirePublish",
                "SnapStart needs a published version, and the alias live publishes one.");
        return Alias.Builder.create(this, "Live").aliasName("live").version(function.getCurrentVersion()).build();
    }

    /** What starts the function: the alias of the version that was published last, or the function without alias. */
    IFunction live() {
        return live;
    }

    /**
     * Accepts a finding on what the function may do.
     *
     * @param resource the resource with a wildcard, as the rule writes it
     * @param reason   what a reviewer can check
     */
    void accept(String resource, String reason) {
        Reviewed.finding(role, "AwsSolutions-IAM5[Resource::" + resource + "]", reason);
    }

    /** As whom the function acts. What checks its permissions when it is made waits for this. */
    Role role() {
        return role;
    }

    @Override
    public IPrincipal getGrantPrincipal() {
        return role;
    }
}
