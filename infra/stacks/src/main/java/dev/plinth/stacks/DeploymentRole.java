package dev.plinth.stacks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * As whom CloudFormation creates and deletes what the studio deploys. It may make what the generator emits, seven types
 * of resources, and only under names that begin with the prefix: CloudFormation puts the stack's name in front of every
 * name that it chooses. The role may change nothing that is there, give no permission to anybody, and read no data.
 */
final class DeploymentRole extends Construct {
    /** What the generator emits and nothing else. The worker says the same seven with every change set. */
    static final List<String> RESOURCE_TYPES = List.of("AWS::DynamoDB::Table", "AWS::S3::Bucket",
            "AWS::S3::BucketPolicy", "AWS::SNS::Subscription", "AWS::SNS::Topic", "AWS::SQS::Queue",
            "AWS::SQS::QueuePolicy");

    /** Without those for updates: a stack is created and deleted, never updated. */
    private static final List<String> TABLES = List.of("dynamodb:CreateTable", "dynamodb:DeleteTable",
            "dynamodb:DescribeTable", "dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTimeToLive",
            "dynamodb:DescribeContributorInsights", "dynamodb:DescribeKinesisStreamingDestination",
            "dynamodb:GetResourcePolicy", "dynamodb:ListTagsOfResource", "dynamodb:TagResource",
            "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTimeToLive");
    private static final List<String> BUCKETS = List.of("s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy",
            "s3:GetBucketPolicy", "s3:ListBucket", "s3:PutBucketOwnershipControls", "s3:PutBucketPolicy",
            "s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging",
            "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration");
    private static final List<String> TOPICS = List.of("sns:CreateTopic", "sns:DeleteTopic",
            "sns:GetDataProtectionPolicy", "sns:GetSubscriptionAttributes", "sns:GetTopicAttributes",
            "sns:ListSubscriptionsByTopic", "sns:ListTagsForResource", "sns:SetSubscriptionAttributes",
            "sns:SetTopicAttributes", "sns:Subscribe", "sns:TagResource", "sns:Unsubscribe");
    private static final List<String> QUEUES = List.of("sqs:CreateQueue", "sqs:DeleteQueue", "sqs:GetQueueAttributes",
            "sqs:GetQueueUrl", "sqs:ListQueueTags", "sqs:SetQueueAttributes", "sqs:TagQueue");

    private static final String REASON = "CloudFormation chooses names when it creates a stack, and begins them with"
            + " the stack's name, which begins with this prefix.";

    private final String prefix;
    private final Role role;

    DeploymentRole(Construct scope, String id, Stage stage) {
        super(scope, id);
        // In lower case, since buckets' names are, and short enough to survive in their 63 characters.
        this.prefix = stage.physicalName() + "-stacks-";
        this.role = Role.Builder.create(this, "Role")
                .description("As whom CloudFormation creates and deletes what the studio deploys")
                .assumedBy(new PrincipalWithConditions(new ServicePrincipal("cloudformation.amazonaws.com"),
                        // Nobody outside the account can pass the role, so CloudFormation need not say for whom it
                        // acts; where it does, it is for this account.
                        Map.of("StringEqualsIfExists", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID))))
                .build();
        // What people will deploy is not known here. CloudFormation begins each name with the stack's, so the prefix is
        // the narrowest that covers it, and nothing of Plinth's own begins so.
        allow(TABLES, ArnComponents.builder().service("dynamodb").resource("table")
                .resourceName(prefix + "*"));
        allow(BUCKETS, ArnComponents.builder().service("s3").region("").account("").resource(prefix + "*"));
        allow(TOPICS, ArnComponents.builder().service("sns").resource(prefix + "*"));
        allow(QUEUES, ArnComponents.builder().service("sqs").resource(prefix + "*"));
        accept("dynamodb:<AWS::Region>:<AWS::AccountId>:table/");
        accept("s3:::");
        accept("sns:<AWS::Region>:<AWS::AccountId>:");
        accept("sqs:<AWS::Region>:<AWS::AccountId>:");
    }

    private void allow(List<String> actions, ArnComponents.Builder resource) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(role).actions(actions).resourceArns(List.of(arn(resource.build()))).build());
    }

    private void accept(String resource) {
        Reviewed.finding(role, "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:" + resource + prefix + "*]", REASON);
    }

    /**
     * Allows to deploy and delete stacks of the prefix, through change sets that name this role and the seven types,
     * and to pass this role to CloudFormation.
     */
    void grantDeploying(ServiceFunction function) {
        String stacks = arn(ArnComponents.builder().service("cloudformation").resource("stack")
                .resourceName(prefix + "*/*").build());
        grant(function, List.of("cloudformation:CreateChangeSet"), stacks, Map.of(
                "ArnEquals", Map.of("cloudformation:RoleArn", role.getRoleArn()),
                "ForAllValues:StringEquals", Map.of("cloudformation:ResourceTypes", RESOURCE_TYPES),
                // Without it, a request that names no types would meet the condition on all of them.
                "Null", Map.of("cloudformation:ResourceTypes", "false")));
        grant(function, List.of("cloudformation:DeleteStack", "cloudformation:DescribeChangeSet",
                "cloudformation:DescribeStackEvents", "cloudformation:DescribeStacks",
                "cloudformation:ExecuteChangeSet"), stacks, Map.of());
        function.accept("arn:<AWS::Partition>:cloudformation:<AWS::Region>:<AWS::AccountId>:stack/" + prefix + "*/*",
                "A stack is named by the id of its deployment, which is not known before there is one.");
        grant(function, List.of("iam:PassRole"), role.getRoleArn(),
                Map.of("StringEquals", Map.of("iam:PassedToService", "cloudformation.amazonaws.com")));
    }

    private static void grant(ServiceFunction function, List<String> actions, String resource,
            Map<String, Map<String, ?>> conditions) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(function).actions(actions).resourceArns(List.of(resource))
                // Sorted, since the order of a map differs from one JVM to the next and the template must not.
                .conditions(new TreeMap<>(conditions)).build());
    }

    private String arn(ArnComponents components) {
        return Stack.of(this).formatArn(components);
    }

    String arn() {
        return role.getRoleArn();
    }

    /** Returns what the names of the stacks begin with, for example {@code plinth-dev-stacks-}. */
    String prefix() {
        return prefix;
    }
}
