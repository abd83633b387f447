package dev.plinth.stacks;

import dev.plinth.contract.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.rds.CfnDBInstance;
import software.amazon.awscdk.services.rds.CfnDBProxy;
import software.amazon.awscdk.services.rds.CfnDBProxyTargetGroup;
import software.constructs.Construct;

/**
 * Keeps connections to PostgreSQL open and lends them to functions, so that a burst of new environments is no burst of
 * sign-ins, and a failover is not theirs to handle. IAM authenticates on both sides; it holds no password.
 */
final class DatabaseProxy extends Construct {
    private final CfnDBProxy proxy;

    DatabaseProxy(Construct scope, String id, Database.Props props, CfnDBInstance instance) {
        super(scope, id);
        List<String> users = Arrays.stream(Service.values()).filter(Service::usesDatabase)
                .map(service -> Database.userArn(this, instance.getAttrDbiResourceId(), service)).toList();
        Role role = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("rds.amazonaws.com"))
                .description("As whom the proxy signs in to PostgreSQL")
                .inlinePolicies(Map.of("Connect", PolicyDocument.Builder.create()
                        .statements(List.of(PolicyStatement.Builder.create()
                                .actions(List.of("rds-db:connect")).resources(users).build()))
                        .build()))
                .build();
        this.proxy = CfnDBProxy.Builder.create(this, "Proxy")
                .dbProxyName(props.stage().physicalName())
                .engineFamily("POSTGRESQL")
                .defaultAuthScheme("IAM_AUTH")
                .roleArn(role.getRoleArn())
                .requireTls(true)
                .debugLogging(false)
                .idleClientTimeout(1800)
                .vpcSubnetIds(props.network().dataSubnetIds())
                .vpcSecurityGroupIds(List.of(props.network().groupOf(Destination.DATABASE_PROXY)))
                .build();
        CfnDBProxyTargetGroup.Builder.create(this, "Target")
                .dbProxyName(proxy.getRef())
                .targetGroupName("default")
                .dbInstanceIdentifiers(List.of(instance.getRef()))
                .connectionPoolConfigurationInfo(
                        CfnDBProxyTargetGroup.ConnectionPoolConfigurationInfoFormatProperty.builder()
                                .maxConnectionsPercent(Sizes.PROXY_SHARE)
                                .maxIdleConnectionsPercent(Sizes.PROXY_SHARE / 2)
                                // A function gives up after a second, so waiting longer helps nobody.
                                .connectionBorrowTimeout(1)
                                .build())
                .build();
    }

    String host() {
        return proxy.getAttrEndpoint();
    }

    /** Returns the id under which permissions name the proxy, {@code prx-…}: the last part of its ARN. */
    String resourceId() {
        return Fn.select(6, Fn.split(":", proxy.getAttrDbProxyArn()));
    }
}
