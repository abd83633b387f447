package dev.plinth.generator;

import static dev.plinth.generator.JsonTree.object;

import dev.plinth.model.ArchitectureDefinition;
import dev.plinth.model.Component;
import dev.plinth.model.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A CloudFormation template of the components that are resources. It has the types of {@link ResourceTypes} and no
 * other, no physical names, no IAM, no parameters and no macros, so that it can be deployed by a role that may do no
 * more. Everything is encrypted, and reached over TLS alone.
 */
final class Template {
    private static final int KEPT_DEAD_LETTERS_SECONDS = 1_209_600;
    private static final int INCOMPLETE_UPLOAD_DAYS = 1;
    private static final String POLICY_VERSION = "2012-10-17";

    private final GenerationInput input;
    private final ArchitectureDefinition architecture;
    private final JsonTree resources = object();
    private final JsonTree outputs = object();

    Template(GenerationInput input) {
        this.input = input;
        this.architecture = input.architecture();
    }

    String text() {
        for (Component component : architecture.components()) {
            switch (component.type()) {
                case TABLE -> table(component);
                case QUEUE -> queue(component);
                case TOPIC -> topic(component);
                case BUCKET -> bucket(component);
                case CLIENT, API, SERVICE -> {
                    // Only shown: what they are is not for a template to say.
                }
            }
        }
        architecture.connections().stream().filter(architecture::isSubscription).forEach(this::subscription);
        return JsonText.of(object("AWSTemplateFormatVersion", "2010-09-09")
                .with("Description", description())
                .with("Resources", resources)
                .with("Outputs", outputs)
                .map());
    }

    /** CloudFormation takes 1,024 bytes. */
    private String description() {
        String text = architecture.name();
        return text + " of " + input.project().codePoints().limit(100)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
    }

    /** Encrypted without being asked, by a key of DynamoDB's own. */
    private void table(Component component) {
        resource(component.logicalId(), ResourceTypes.TABLE, object()
                .with("BillingMode", "PAY_PER_REQUEST")
                .with("AttributeDefinitions", List.of(object("AttributeName", "id").with("AttributeType", "S")))
                .with("KeySchema", List.of(object("AttributeName", "id").with("KeyType", "HASH")))
                .with("PointInTimeRecoverySpecification", object("PointInTimeRecoveryEnabled", true))
                .with("TimeToLiveSpecification", component.timeToLive() == null ? null
                        : object("AttributeName", component.timeToLive()).with("Enabled", true)));
        output(component, "Name", ref(component.logicalId()));
        output(component, "Arn", arn(component.logicalId()));
    }

    private void queue(Component component) {
        String id = component.logicalId();
        resource(component.deadLettersId(), ResourceTypes.QUEUE, object()
                .with("SqsManagedSseEnabled", true)
                .with("MessageRetentionPeriod", KEPT_DEAD_LETTERS_SECONDS));
        resource(id, ResourceTypes.QUEUE, object()
                .with("SqsManagedSseEnabled", true)
                .with("VisibilityTimeout", component.visibility())
                .with("RedrivePolicy", object("deadLetterTargetArn", arn(component.deadLettersId()))
                        .with("maxReceiveCount", component.receives())));
        List<JsonTree> statements = new ArrayList<>();
        statements.add(overTlsAlone("sqs:*", List.of(arn(id), arn(component.deadLettersId()))));
        for (Component topic : architecture.topics(component)) {
            statements.add(object("Effect", "Allow")
                    .with("Principal", object("Service", "sns.amazonaws.com"))
                    .with("Action", "sqs:SendMessage")
                    .with("Resource", arn(id))
                    .with("Condition", object("ArnEquals", object("aws:SourceArn", ref(topic.logicalId())))));
        }
        resource(component.policyId(), ResourceTypes.QUEUE_POLICY, object()
                .with("Queues", List.of(ref(id), ref(component.deadLettersId())))
                .with("PolicyDocument", policy(statements)));
        output(component, "Url", ref(id));
        output(component, "Arn", arn(id));
    }

    private void topic(Component component) {
        resource(component.logicalId(), ResourceTypes.TOPIC, object()
                .with("KmsMasterKeyId", "alias/aws/sns"));
        output(component, "Arn", ref(component.logicalId()));
    }

    private void subscription(Connection connection) {
        Component topic = architecture.component(connection.from());
        Component queue = architecture.component(connection.to());
        resource(topic.subscriptionId(queue), ResourceTypes.SUBSCRIPTION, object()
                .with("TopicArn", ref(topic.logicalId()))
                .with("Protocol", "sqs")
                .with("Endpoint", arn(queue.logicalId()))
                .with("RawMessageDelivery", true));
    }

    private void bucket(Component component) {
        String id = component.logicalId();
        List<JsonTree> rules = new ArrayList<>();
        rules.add(object("Id", "IncompleteUploads").with("Status", "Enabled")
                .with("AbortIncompleteMultipartUpload", object("DaysAfterInitiation", INCOMPLETE_UPLOAD_DAYS)));
        if (component.expireDays() != null) {
            rules.add(object("Id", "Expiry").with("Status", "Enabled")
                    .with("ExpirationInDays", component.expireDays()));
        }
        resource(id, ResourceTypes.BUCKET, object()
                .with("BucketEncryption", object("ServerSideEncryptionConfiguration", List.of(
                        object("ServerSideEncryptionByDefault", object("SSEAlgorithm", "AES256")))))
                .with("PublicAccessBlockConfiguration", object("BlockPublicAcls", true)
                        .with("BlockPublicPolicy", true)
                        .with("IgnorePublicAcls", true)
                        .with("RestrictPublicBuckets", true))
                .with("OwnershipControls", object("Rules", List.of(
                        object("ObjectOwnership", "BucketOwnerEnforced"))))
                .with("LifecycleConfiguration", object("Rules", rules)));
        resource(component.policyId(), ResourceTypes.BUCKET_POLICY, object()
                .with("Bucket", ref(id))
                .with("PolicyDocument", policy(List.of(overTlsAlone("s3:*", List.of(arn(id),
                        object("Fn::Join", List.of("", List.of(arn(id), "/*")))))))));
        output(component, "Name", ref(id));
        output(component, "Arn", arn(id));
    }

    /** Deleted with the stack: whoever deploys from the studio deletes there, and says so. */
    private void resource(String id, String type, JsonTree properties) {
        resources.with(id, object("Type", type)
                .with("DeletionPolicy", "Delete")
                .with("UpdateReplacePolicy", "Delete")
                .with("Properties", properties));
    }

    private void output(Component component, String what, JsonTree value) {
        outputs.with(component.logicalId() + what, object("Description", what + " of the "
                + component.type().name().toLowerCase(Locale.ROOT) + ' ' + component.id())
                .with("Value", value));
    }

    private static JsonTree overTlsAlone(String actions, List<JsonTree> resources) {
        return object("Effect", "Deny")
                .with("Principal", object("AWS", "*"))
                .with("Action", actions)
                .with("Resource", resources)
                .with("Condition", object("Bool", object("aws:SecureTransport", "false")));
    }

    private static JsonTree policy(List<JsonTree> statements) {
        return object("Version", POLICY_VERSION).with("Statement", statements);
    }

    private static JsonTree ref(String id) {
        return object("Ref", id);
    }

    private static JsonTree arn(String id) {
        return object("Fn::GetAtt", List.of(id, "Arn"));
    }
}
