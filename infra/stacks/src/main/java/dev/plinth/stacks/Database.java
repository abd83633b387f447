package dev.plinth.stacks;

import dev.plinth.contract.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.rds.CfnDBInstance;
import software.amazon.awscdk.services.rds.CfnDBParameterGroup;
import software.amazon.awscdk.services.rds.CfnDBSubnetGroup;
import software.constructs.Construct;

/**
 * PostgreSQL, reached over TLS only. Services sign in by IAM, each as a user of its own; RDS keeps and rotates the
 * administrator's password. Low-level constructs, since the CDK's own would bring a function to set the retention of
 * logs.
 */
final class Database extends Construct {
    static final String NAME = "plinth";
    private static final List<String> LOGS = List.of("postgresql", "upgrade");

    private final CfnDBInstance instance;
    private final Optional<DatabaseProxy> proxy;

    /** Takes the stage, and the network that holds the database. */
    record Props(Stage stage, Network network) {
    }

    Database(Construct scope, String id, Props props) {
        super(scope, id);
        Stage stage = props.stage();
        Sizes.Database size = stage.sizes().database();
        CfnDBSubnetGroup subnets = CfnDBSubnetGroup.Builder.create(this, "Subnets")
                .dbSubnetGroupDescription("The subnets for data of " + stage.physicalName())
                .subnetIds(props.network().dataSubnetIds())
                .build();
        CfnDBParameterGroup parameters = CfnDBParameterGroup.Builder.create(this, "Parameters")
                .family("postgres17")
                .description("PostgreSQL of " + stage.physicalName())
                .parameters(parameters(size))
                .build();
        this.instance = CfnDBInstance.Builder.create(this, "Instance")
                // RDS names its log groups by this name, and makes groups without retention unless they exist.
                .dbInstanceIdentifier(stage.physicalName())
                .engine("postgres")
                .engineVersion("17")
                .autoMinorVersionUpgrade(true)
                .dbInstanceClass(size.instanceClass())
                .dbName(NAME)
                .port(String.valueOf(Destination.DATABASE.port()))
                .masterUsername("plinth_admin")
                .manageMasterUserPassword(true)
                .enableIamDatabaseAuthentication(true)
                .storageType("gp3")
                .storageEncrypted(true)
                .allocatedStorage(String.valueOf(size.gibibytes()))
                .maxAllocatedStorage(size.growth())
                .dbSubnetGroupName(subnets.getRef())
                .dbParameterGroupName(parameters.getRef())
                .vpcSecurityGroups(List.of(props.network().groupOf(Destination.DATABASE)))
                .publiclyAccessible(false)
                .multiAz(!stage.disposable())
                .backupRetentionPeriod(size.backupDays())
                .deleteAutomatedBackups(stage.disposable())
                .copyTagsToSnapshot(true)
                .preferredBackupWindow("02:00-02:30")
                .preferredMaintenanceWindow("sun:03:00-sun:03:30")
                .deletionProtection(!stage.disposable())
                .databaseInsightsMode("standard")
                .enablePerformanceInsights(true)
                .performanceInsightsRetentionPeriod(7)
                .enableCloudwatchLogsExports(LOGS)
                .build();
        instance.applyRemovalPolicy(stage.removalPolicy());
        for (String log : LOGS) {
            instance.getNode().addDependency(LogGroup.Builder.create(this, log)
                    .logGroupName("/aws/rds/instance/" + stage.physicalName() + "/" + log)
                    .retention(stage.logRetention())
                    .removalPolicy(stage.removalPolicy())
                    .build());
        }
        this.proxy = size.proxied() ? Optional.of(new DatabaseProxy(this, "Proxy", props, instance)) : Optional.empty();
        Reviewed.finding(instance, "AwsSolutions-RDS11",
                "Who can reach the port is what counts: the security group admits named peers, and nothing has a public"
                        + " address.");
        if (stage.disposable()) {
            Reviewed.finding(instance, "AwsSolutions-RDS3", "A stage that may be deleted needs no second zone.");
            Reviewed.finding(instance, "AwsSolutions-RDS10", "A stage that may be deleted is not protected.");
        }
    }

    private static Map<String, String> parameters(Sizes.Database size) {
        // Sorted: the order of the map is that of the template.
        return new TreeMap<>(Map.of(
                "rds.force_ssl", "1",
                "max_connections", String.valueOf(size.connections()),
                "idle_in_transaction_session_timeout", "30000",
                "log_min_duration_statement", "1000",
                // A slow statement is logged, its values are not: they are names, addresses and hashes.
                "log_parameter_max_length", "0",
                "log_parameter_max_length_on_error", "0"));
    }

    /** Allows to sign in as the service's own user, and as no other. */
    void grantConnect(Service service, IGrantable grantee) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(grantee)
                .actions(List.of("rds-db:connect"))
                .resourceArns(List.of(userArn(this,
                        proxy.map(DatabaseProxy::resourceId).orElse(instance.getAttrDbiResourceId()), service)))
                .build());
    }

    static String userArn(Construct scope, String resourceId, Service service) {
        return Stack.of(scope).formatArn(ArnComponents.builder()
                .service("rds-db").resource("dbuser").arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                .resourceName(resourceId + "/" + service.databaseUser())
                .build());
    }

    /** Allows to read the administrator's password. */
    void grantAdministration(IGrantable grantee) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(grantee)
                .actions(List.of("secretsmanager:GetSecretValue"))
                .resourceArns(List.of(adminSecretArn()))
                .build());
    }

    String host() {
        return proxy.map(DatabaseProxy::host).orElse(instanceHost());
    }

    String instanceHost() {
        return instance.getAttrEndpointAddress();
    }

    String port() {
        return instance.getAttrEndpointPort();
    }

    String adminSecretArn() {
        return instance.getAttrMasterUserSecretSecretArn();
    }

    CfnDBInstance instance() {
        return instance;
    }
}
