package dev.plinth.stacks;

import dev.plinth.contract.Service;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.ApplicationLogLevel;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The function of one service. Callers reach it by the alias {@code live} only: SnapStart takes its snapshot of a
 * published version, and an alias moves to the next version in one step.
 */
final class ServiceFunction extends Construct implements IGrantable {
    /** Below the 30 seconds after which API Gateway gives up, so that the caller gets the function's own answer. */
    static final Duration TIMEOUT = Duration.seconds(10);

    private final Role role;
    private final Alias live;

    /**
     * Takes what starts the function.
     *
     * @param variables its whole environment
     */
    record Props(Service service, Map<String, String> variables, Code code, Stage stage) {
        Props {
            variables = Map.copyOf(variables);
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
        Function function = Function.Builder.create(this, "Function")
                .description("The " + props.service().environment() + " service")
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .handler(props.service().trigger().handler())
                .code(props.code())
                .environment(props.variables())
                .memorySize(props.stage().memory())
                .timeout(TIMEOUT)
                .role(role)
                .logGroup(logs)
                .loggingFormat(LoggingFormat.JSON)
                .applicationLogLevelV2(ApplicationLogLevel.INFO)
                .tracing(Tracing.ACTIVE)
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                .build();
        this.live = Alias.Builder.create(this, "Live").aliasName("live").version(function.getCurrentVersion()).build();

        Reviewed.finding(function, "@aws-cdk/aws-lambda:snapStartRequirePublish",
                "SnapStart needs a published version, and the alias live publishes one.");
        Reviewed.finding(role, "AwsSolutions-IAM5[Resource::*]",
                "xray:PutTraceSegments and xray:PutTelemetryRecords take no resource (Service Authorization Reference,"
                        + " AWS X-Ray); the role's only statement on * holds these two.");
    }

    /** What a caller invokes: the alias of the version that was published last. */
    Alias live() {
        return live;
    }

    @Override
    public IPrincipal getGrantPrincipal() {
        return role;
    }
}
