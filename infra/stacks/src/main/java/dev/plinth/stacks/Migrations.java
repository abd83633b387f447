package dev.plinth.stacks;

import dev.plinth.contract.Service;
import java.util.Map;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/**
 * Brings the database's schema to the version of the jar while the stack is deployed, and fails the deployment when
 * that fails. The function itself answers CloudFormation.
 */
final class Migrations extends Construct {
    private final ServiceFunction function;

    Migrations(Construct scope, String id, FunctionsJar jar, ServiceFunction.Props props) {
        super(scope, id);
        this.function = new ServiceFunction(this, Service.MIGRATIONS.environment(), props);
        CustomResource.Builder.create(this, "Schema")
                .resourceType("Custom::Migrations")
                .serviceToken(function.live().getFunctionArn())
                // Runs again when the migrations have changed, and only then.
                .properties(Map.of("Digest", jar.migrationsDigest()))
                // A function that is killed cannot answer; CloudFormation would wait for an hour.
                .serviceTimeout(ServiceFunction.timeoutOf(Service.MIGRATIONS).plus(Duration.minutes(1)))
                .build();
    }

    ServiceFunction function() {
        return function;
    }
}
