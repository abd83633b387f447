package dev.plinth.stacks;

import dev.plinth.contract.Service;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.elasticache.CfnParameterGroup;
import software.amazon.awscdk.services.elasticache.CfnReplicationGroup;
import software.amazon.awscdk.services.elasticache.CfnSubnetGroup;
import software.amazon.awscdk.services.elasticache.CfnUser;
import software.amazon.awscdk.services.elasticache.CfnUserGroup;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.Construct;

/**
 * Valkey, reached over TLS only: sessions, codes and limits. Each service signs in by IAM as a user of its own, and may
 * use the keys and commands that it needs.
 */
final class Cache extends Construct {
    private static final String ENGINE = "valkey";

    /** What every client says when it connects, and to see whether the cache answers. */
    private static final String CONNECTING = "+ping +client|setinfo +client|setname";

    /** Reads, writes and scripts; nothing that lists or drops what all services keep. */
    private static final String DATA = "+@read +@write +eval +evalsha +script|load +script|exists +time"
            + " -@dangerous -scan -randomkey -dbsize";

    private static final Map<Service, String> ACCESS = Map.of(
            Service.IDENTITY, "on ~session:* ~user-sessions:* ~code:* ~limit:* -@all " + DATA + " " + CONNECTING,
            Service.IDENTITY_WORKER, "on ~session:* ~user-sessions:* ~code:* -@all " + DATA + " " + CONNECTING,
            Service.DASHBOARD, "on -@all " + CONNECTING);

    private final CfnReplicationGroup group;
    private final Map<Service, CfnUser> users = new EnumMap<>(Service.class);

    /** Takes the stage, and the network that holds the cache. */
    record Props(Stage stage, Network network) {
    }

    Cache(Construct scope, String id, Props props) {
        super(scope, id);
        Stage stage = props.stage();
        String name = stage.physicalName();
        Sizes.Cache size = stage.sizes().cache();
        Arrays.stream(Service.values()).filter(Service::usesCache)
                .forEach(service -> users.put(service, user(service, name)));
        CfnUserGroup userGroup = CfnUserGroup.Builder.create(this, "Users")
                .engine(ENGINE)
                .userGroupId(name)
                .userIds(users.values().stream().map(CfnUser::getRef).toList())
                .build();
        CfnSubnetGroup subnets = CfnSubnetGroup.Builder.create(this, "Subnets")
                .description("The subnets for data of " + name)
                .subnetIds(props.network().dataSubnetIds())
                .build();
        CfnParameterGroup parameters = CfnParameterGroup.Builder.create(this, "Parameters")
                .cacheParameterGroupFamily("valkey8")
                .description("Valkey of " + name)
                // A full cache refuses writes. By default it would drop sessions, and limits with them.
                .properties(Map.of("maxmemory-policy", "noeviction"))
                .build();
        this.group = CfnReplicationGroup.Builder.create(this, "Group")
                // Tokens and the ids of users contain the name, and functions make both.
                .replicationGroupId(name)
                .replicationGroupDescription("Sessions, codes and limits of " + name)
                .engine(ENGINE)
                .engineVersion("8.0")
                .autoMinorVersionUpgrade(true)
                .cacheNodeType(size.nodeType())
                .clusterMode("disabled")
                .numCacheClusters(size.nodes())
                .automaticFailoverEnabled(size.nodes() > 1)
                .multiAzEnabled(size.nodes() > 1)
                .port(Destination.CACHE.port())
                .cacheSubnetGroupName(subnets.getRef())
                .cacheParameterGroupName(parameters.getRef())
                .securityGroupIds(List.of(props.network().groupOf(Destination.CACHE)))
                .transitEncryptionEnabled(true)
                .transitEncryptionMode("required")
                .atRestEncryptionEnabled(true)
                .userGroupIds(List.of(userGroup.getRef()))
                .snapshotRetentionLimit(size.snapshotDays())
                .snapshotWindow("02:00-03:00")
                .preferredMaintenanceWindow("sun:03:30-sun:04:30")
                .build();
        // What is in it lives for hours. A snapshot brings it back; a group that is kept would stand in the way.
        group.applyRemovalPolicy(stage.disposable() ? RemovalPolicy.DESTROY : RemovalPolicy.SNAPSHOT);
        Reviewed.finding(group, "AwsSolutions-AEC5",
                "Who can reach the port is what counts: the security group admits named peers, and nothing has a public"
                        + " address.");
        Reviewed.finding(group, "AwsSolutions-AEC6",
                "Users sign in by IAM (RBAC), which excludes the one password of Redis AUTH that this rule looks for.");
        if (stage.disposable()) {
            Reviewed.finding(group, "AwsSolutions-AEC4", "A stage that may be deleted needs no second zone.");
        }
    }

    private CfnUser user(Service service, String cacheName) {
        return CfnUser.Builder.create(this, service.environment())
                .engine(ENGINE)
                .userId(service.cacheUser(cacheName))
                .userName(service.cacheUser(cacheName))
                .authenticationMode(Map.of("Type", "iam"))
                .accessString(ACCESS.get(service))
                .build();
    }

    /** Allows to sign in as the service's own user, and as no other. */
    void grantConnect(Service service, IGrantable grantee) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(grantee)
                .actions(List.of("elasticache:Connect"))
                .resourceArns(List.of(
                        arn("replicationgroup", group.getRef()), arn("user", users.get(service).getRef())))
                .build());
    }

    private String arn(String resource, String name) {
        return Stack.of(this).formatArn(ArnComponents.builder()
                .service("elasticache").resource(resource).arnFormat(ArnFormat.COLON_RESOURCE_NAME).resourceName(name)
                .build());
    }

    String host() {
        return group.getAttrPrimaryEndPointAddress();
    }

    String port() {
        return group.getAttrPrimaryEndPointPort();
    }

    String name() {
        return group.getRef();
    }
}
