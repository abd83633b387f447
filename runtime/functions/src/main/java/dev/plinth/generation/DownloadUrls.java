package dev.plinth.generation;

import dev.plinth.contract.Setting;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

/**
 * Makes URLs by which anybody who has one gets one object, for some minutes. They are signed here, without a call, by
 * the function's own role, whose permission S3 asks for when one is used. Thread-safe.
 */
@Singleton
@Requires(env = "studio")
class DownloadUrls {
    private static final Duration VALIDITY = Duration.ofMinutes(5);

    private final S3Presigner presigner;
    private final String bucket;

    DownloadUrls(S3Presigner presigner, Environment environment) {
        this.presigner = presigner;
        this.bucket = environment.getRequiredProperty(Setting.ARTIFACTS_BUCKET_NAME.property(), String.class);
    }

    DownloadUrl of(UUID project, UUID generation, Artifact artifact) {
        PresignedGetObjectRequest signed = presigner.presignGetObject(presigning -> presigning
                .signatureDuration(VALIDITY)
                .getObjectRequest(get -> get
                        .bucket(bucket)
                        .key(artifact.key(project, generation))
                        // Nobody's browser shows it as if it were a page of the bucket's host.
                        .responseContentDisposition(
                                "attachment; filename=\"" + artifact.fileName(generation) + "\"")
                        .responseContentType(artifact.contentType())));
        return new DownloadUrl(signed.url().toString(), signed.expiration());
    }

    /** A URL, and until when it works. */
    record DownloadUrl(String url, Instant expiresAt) {
    }
}
