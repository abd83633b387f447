package dev.plinth.generation;

import dev.plinth.contract.Setting;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.AwsFailures;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Stores what was generated, in S3. An object is written if there is none yet (Amazon S3 User Guide, "How to prevent
 * object overwrites with conditional writes"): who comes second, a worker that lost its lease for instance, writes
 * nothing and needs not, since a job's bytes are always the same. Safe for use by several threads.
 */
@Singleton
@Requires(env = "generation-worker")
class Artifacts {
    /** The smallest part that S3 takes, save the last one. */
    static final int PART = 5 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Artifacts.class);

    private static final String IF_ABSENT = "*";
    private static final int EXISTS = 412;
    private static final int CONTENDED = 409;

    private final S3Client s3;
    private final String bucket;

    Artifacts(S3Client s3, Environment environment) {
        this.s3 = s3;
        this.bucket = environment.getRequiredProperty(Setting.ARTIFACTS_BUCKET_NAME.property(), String.class);
    }

    /**
     * Stores a content, or leaves what is stored already. A content that fits into one part is sent at once; a larger
     * one is written a second time, and sent in parts as they fill.
     *
     * @throws Failure UNAVAILABLE when the bucket does not answer, or somebody stores the same at this moment
     */
    Stored store(UUID project, UUID generation, Artifact artifact, Content content) {
        try {
            Measured measured = Measured.of(content, PART);
            Stored stored = measured.stored();
            String key = artifact.key(project, generation);
            Map<String, String> metadata = Map.of("sha256", stored.sha256(),
                    "project", project.toString(), "generation", generation.toString());
            if (measured.isKept()) {
                put(key, artifact, metadata, measured.bytes());
            } else {
                putInParts(key, artifact, metadata, content);
            }
            return stored;
        } catch (IOException unwritable) {
            throw new UncheckedIOException("The content does not let itself be written", unwritable);
        }
    }

    private void put(String key, Artifact artifact, Map<String, String> metadata, byte[] bytes) {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .ifNoneMatch(IF_ABSENT)
                .contentType(artifact.contentType())
                .metadata(metadata)
                .build();
        ifAbsent(() -> s3.putObject(request, RequestBody.fromBytes(bytes)));
    }

    private void putInParts(String key, Artifact artifact, Map<String, String> metadata, Content content)
            throws IOException {
        CreateMultipartUploadRequest request = CreateMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(artifact.contentType())
                .metadata(metadata)
                .build();
        String upload = AwsFailures.calling(() -> s3.createMultipartUpload(request)).uploadId();
        boolean complete = false;
        try {
            Parts parts = new Parts(PART, (number, bytes) -> sent(key, upload, number, bytes));
            content.writeTo(parts);
            complete = ifAbsent(() -> s3.completeMultipartUpload(completion -> completion
                    .bucket(bucket).key(key).uploadId(upload).ifNoneMatch(IF_ABSENT)
                    .multipartUpload(made -> made.parts(parts.sent()))));
        } finally {
            if (!complete) {
                abort(key, upload);
            }
        }
    }

    private CompletedPart sent(String key, String upload, int number, byte[] bytes) {
        String tag = AwsFailures.calling(() -> s3.uploadPart(
                part -> part.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                RequestBody.fromBytes(bytes))).eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    /** Gives back the parts that were sent. What cannot be given back now, the bucket's lifecycle deletes in a day. */
    private void abort(String key, String upload) {
        try {
            s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException left) {
            LOG.atWarn().addKeyValue("key", key).setCause(left).log("upload left to the lifecycle");
        }
    }

    /** Returns whether the call has made the object; false when there was one. */
    private static boolean ifAbsent(Supplier<?> call) {
        try {
            AwsFailures.calling(call::get);
            return true;
        } catch (S3Exception refused) {
            if (refused.statusCode() == EXISTS) {
                return false;
            }
            if (refused.statusCode() == CONTENDED) {
                throw new Failure(Kind.UNAVAILABLE, "The same is stored by somebody else at this moment.", refused);
            }
            throw refused;
        }
    }
}
