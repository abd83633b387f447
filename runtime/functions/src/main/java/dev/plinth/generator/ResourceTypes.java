package dev.plinth.generator;

import java.util.List;

/** The types of the resources that generated templates have. Whoever deploys one needs permission for these alone. */
public final class ResourceTypes {
    static final String TABLE = "AWS::DynamoDB::Table";
    static final String QUEUE = "AWS::SQS::Queue";
    static final String QUEUE_POLICY = "AWS::SQS::QueuePolicy";
    static final String TOPIC = "AWS::SNS::Topic";
    static final String SUBSCRIPTION = "AWS::SNS::Subscription";
    static final String BUCKET = "AWS::S3::Bucket";
    static final String BUCKET_POLICY = "AWS::S3::BucketPolicy";

    /** All of them. */
    public static final List<String> ALL =
            List.of(TABLE, QUEUE, QUEUE_POLICY, TOPIC, SUBSCRIPTION, BUCKET, BUCKET_POLICY);

    private ResourceTypes() {
    }
}
