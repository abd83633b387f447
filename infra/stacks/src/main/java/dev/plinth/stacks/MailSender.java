package dev.plinth.stacks;

import java.util.List;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.ses.CfnConfigurationSet;
import software.amazon.awscdk.services.ses.CfnEmailIdentity;
import software.constructs.Construct;

/**
 * The address that mail comes from. SES delivers over TLS or not at all, and does not write again to addresses that
 * bounced or complained.
 */
final class MailSender extends Construct {
    private final CfnEmailIdentity identity;
    private final CfnConfigurationSet settings;

    MailSender(Construct scope, String id, String address) {
        super(scope, id);
        this.settings = CfnConfigurationSet.Builder.create(this, "Settings")
                .deliveryOptions(CfnConfigurationSet.DeliveryOptionsProperty.builder().tlsPolicy("REQUIRE").build())
                .reputationOptions(CfnConfigurationSet.ReputationOptionsProperty.builder()
                        .reputationMetricsEnabled(true).build())
                .suppressionOptions(CfnConfigurationSet.SuppressionOptionsProperty.builder()
                        .suppressedReasons(List.of("BOUNCE", "COMPLAINT")).build())
                .build();
        this.identity = CfnEmailIdentity.Builder.create(this, "Identity")
                .emailIdentity(address)
                .configurationSetAttributes(CfnEmailIdentity.ConfigurationSetAttributesProperty.builder()
                        .configurationSetName(settings.getRef()).build())
                .build();
    }

    /** Allows to send mail from the address. SES asks for its configuration set as well, which is its default one. */
    void grantSend(IGrantable grantee) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(grantee)
                .actions(List.of("ses:SendEmail"))
                .resourceArns(List.of(arn("identity", identity.getRef()), arn("configuration-set", settings.getRef())))
                .build());
    }

    private String arn(String resource, String name) {
        return Stack.of(this).formatArn(ArnComponents.builder()
                .service("ses").resource(resource).resourceName(name).build());
    }

    String address() {
        return identity.getRef();
    }
}
