package dev.plinth.local.template;

import java.nio.file.Path;

/**
 * A file or directory that {@code cdk deploy} would upload.
 *
 * @param bucketName may hold placeholders such as <code>${AWS::AccountId}</code>
 * @param objectKey  may hold placeholders as well
 */
record FileAsset(String name, Path path, String bucketName, String objectKey) {
}
