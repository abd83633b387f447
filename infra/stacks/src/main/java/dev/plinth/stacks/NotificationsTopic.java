package dev.plinth.stacks;

import java.util.List;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.sns.CfnTopic;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.SqsSubscription;
import software.constructs.Construct;

/**
 * The topic that tells what has ended: people by e-mail and SMS, as their filter policies say, and the queue from which
 * webhooks are served. Encrypted, over TLS only.
 */
final class NotificationsTopic extends Construct {
    private final Topic topic;

    NotificationsTopic(Construct scope, String id) {
        super(scope, id);
        this.topic = Topic.Builder.create(this, "Topic")
                .displayName("Plinth")
                .enforceSsl(true)
                .build();
        // The key that AWS keeps for SNS has no monthly price, and whoever may publish may use it (ADR 0021). The CDK
        // would write its alias as an ARN of this account, by which nothing is gained.
        ((CfnTopic) topic.getNode().getDefaultChild()).setKmsMasterKeyId("alias/aws/sns");
    }

    /** Puts each notice into a queue, as it was published and without an envelope. The queue admits this topic only. */
    void feed(WorkQueue queue) {
        topic.addSubscription(SqsSubscription.Builder.create(queue.queue()).rawMessageDelivery(true).build());
    }

    /** Allows to tell what has ended. */
    void grantPublish(IGrantable grantee) {
        grant(grantee, "sns:Publish");
    }

    /**
     * Allows to keep the subscriptions of people. SNS authorises what is done to a subscription by its topic's ARN.
     */
    void grantSubscriptions(IGrantable grantee) {
        grant(grantee, "sns:Subscribe", "sns:ConfirmSubscription", "sns:GetSubscriptionAttributes");
        grantRestriction(grantee);
    }

    /** Allows to tell a subscriber less, or nothing any more. */
    void grantRestriction(IGrantable grantee) {
        grant(grantee, "sns:SetSubscriptionAttributes");
        grantEnding(grantee);
    }

    /** Allows to end a subscription. */
    void grantEnding(IGrantable grantee) {
        grant(grantee, "sns:Unsubscribe");
    }

    /**
     * Allows to text a code to a telephone. A number is no ARN, so it can only be allowed as what is none: no topic and
     * no endpoint of an application is among it.
     */
    static void grantTexts(ServiceFunction function) {
        function.role().addToPolicy(PolicyStatement.Builder.create()
                .effect(Effect.ALLOW)
                .actions(List.of("sns:Publish"))
                .notResources(List.of("arn:*:sns:*:*:*"))
                .build());
    }

    private void grant(IGrantable grantee, String... actions) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(grantee).actions(List.of(actions)).resourceArns(List.of(topic.getTopicArn())).build());
    }

    String arn() {
        return topic.getTopicArn();
    }

    Topic topic() {
        return topic;
    }
}
