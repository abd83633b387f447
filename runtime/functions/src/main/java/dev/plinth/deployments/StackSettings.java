package dev.plinth.deployments;

/**
 * What stacks are made with.
 *
 * @param roleArn the role as which CloudFormation makes their resources
 * @param prefix  what their names begin with
 * @param bucket  where templates are
 * @param region  where the bucket is
 */
record StackSettings(String roleArn, String prefix, String bucket, String region) {
}
