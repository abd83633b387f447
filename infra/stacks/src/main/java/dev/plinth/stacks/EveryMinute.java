package dev.plinth.stacks;

import java.util.List;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/**
 * Starts a function every minute. A rule of EventBridge is enough and takes a permission; its scheduler would take a
 * role and a policy.
 */
final class EveryMinute extends Construct {
    EveryMinute(Construct scope, String id, IFunction function) {
        super(scope, id);
        CfnRule rule = CfnRule.Builder.create(this, "Rule")
                .description("Starts the function of the construct " + scope.getNode().getId() + " every minute")
                .scheduleExpression("rate(1 minute)")
                .state("ENABLED")
                .targets(List.of(CfnRule.TargetProperty.builder()
                        .id("Function")
                        .arn(function.getFunctionArn())
                        // The next minute brings the next attempt.
                        .retryPolicy(CfnRule.RetryPolicyProperty.builder()
                                .maximumRetryAttempts(0).maximumEventAgeInSeconds(60).build())
                        .build()))
                .build();
        CfnPermission.Builder.create(this, "Permission")
                .action("lambda:InvokeFunction")
                .functionName(function.getFunctionArn())
                .principal("events.amazonaws.com")
                .sourceArn(rule.getAttrArn())
                .build();
    }
}
