package dev.plinth.stacks;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.secretsmanager.CfnRotationSchedule;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.constructs.Construct;

/** The secret with the private key that signs access tokens. Its rotation makes every key, the first one too. */
final class SigningKey extends Construct {
    private static final int ROTATION_DAYS = 30;

    private final CfnSecret secret;

    SigningKey(Construct scope, String id, Stage stage) {
        super(scope, id);
        this.secret = CfnSecret.Builder.create(this, "Secret")
                .description("The private key that signs access tokens of " + stage.physicalName())
                .build();
        secret.applyRemovalPolicy(stage.removalPolicy());
    }

    /** Lets Secrets Manager start the function that replaces the key: at once, and every 30 days. */
    void rotateBy(ServiceFunction function) {
        CfnPermission permission = CfnPermission.Builder.create(function, "Rotation")
                .action("lambda:InvokeFunction")
                .functionName(function.live().getFunctionArn())
                .principal("secretsmanager.amazonaws.com")
                // The secret's ARN is no condition that Secrets Manager documents; the account is.
                .sourceAccount(Aws.ACCOUNT_ID)
                .build();
        grant(function, "secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue",
                "secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage");
        CfnRotationSchedule schedule = CfnRotationSchedule.Builder.create(this, "Rotation")
                .secretId(secret.getRef())
                .rotationLambdaArn(function.live().getFunctionArn())
                .rotateImmediatelyOnUpdate(true)
                .rotationRules(CfnRotationSchedule.RotationRulesProperty.builder()
                        .automaticallyAfterDays(ROTATION_DAYS).build())
                .build();
        schedule.addResourceDependency(permission);
        schedule.getNode().addDependency(function.role());
    }

    /** Allows to sign. */
    void grantSigning(IGrantable grantee) {
        grant(grantee, "secretsmanager:GetSecretValue");
    }

    private void grant(IGrantable grantee, String... actions) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(grantee).actions(List.of(actions)).resourceArns(List.of(secret.getRef())).build());
    }

    String arn() {
        return secret.getRef();
    }
}
