package dev.plinth.stacks;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CorsRule;
import software.amazon.awscdk.services.s3.HttpMethods;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.amazon.awscdk.services.s3.StorageClass;
import software.amazon.awscdk.services.s3.Transition;
import software.constructs.Construct;

/**
 * What the studio generated: archives, diagrams and templates, each below a prefix of its own. Private, encrypted,
 * over TLS only, and versioned, so that an object that was overwritten can be brought back for a week. People get URLs
 * of one object that end within minutes (ADR 0021).
 */
final class ArtifactsBucket extends Construct {
    private static final String ARCHIVES = "archives/";
    private static final String DIAGRAMS = "diagrams/";
    private static final String TEMPLATES = "templates/";

    /** As long as the items of the jobs that made them. */
    private static final Duration KEPT = Duration.days(90);

    private static final Duration UNTIL_TIERED = Duration.days(30);
    private static final Duration OLD_VERSIONS_KEPT = Duration.days(7);
    private static final Duration UPLOADS_KEPT = Duration.days(1);

    /** By what the rule names the bucket's ARN in another stack. It follows from the ids of constructs. */
    private static final String EXPORT = ":ExportsOutputFnGetAttArtifactsBucket88671897Arn65502B7F/";

    private final Bucket bucket;

    ArtifactsBucket(Construct scope, String id, Stage stage) {
        super(scope, id);
        Bucket.Builder builder = Bucket.Builder.create(this, "Bucket")
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .encryption(BucketEncryption.S3_MANAGED)
                .enforceSsl(true)
                .versioned(true)
                .lifecycleRules(List.of(tiered("Archives", ARCHIVES), tiered("Diagrams", DIAGRAMS),
                        expiring("Templates", TEMPLATES).build(), remains()))
                // A bucket with objects cannot be deleted, and nothing here empties it (ADR 0021).
                .removalPolicy(stage.removalPolicy());
        if (!stage.corsOrigins().isEmpty()) {
            builder.cors(List.of(CorsRule.builder()
                    .id("Download")
                    .allowedMethods(List.of(HttpMethods.GET))
                    .allowedOrigins(stage.corsOrigins())
                    .maxAge(Duration.hours(1).toSeconds())
                    .build()));
        }
        this.bucket = builder.build();
        Reviewed.finding(bucket, "AwsSolutions-S1",
                "Every URL of an object is given by one route of the API, which is in its access log. Access logs of S3"
                        + " would want a second bucket, are delivered best effort, and are not needed beside that.");
    }

    private static LifecycleRule.Builder expiring(String id, String prefix) {
        return LifecycleRule.builder().id(id).prefix(prefix).expiration(KEPT);
    }

    private static LifecycleRule tiered(String id, String prefix) {
        return expiring(id, prefix).transitions(List.of(Transition.builder()
                .storageClass(StorageClass.INTELLIGENT_TIERING).transitionAfter(UNTIL_TIERED).build())).build();
    }

    /** Removes what nobody sees: old versions, the marks of deletions, and uploads that were never completed. */
    private static LifecycleRule remains() {
        return LifecycleRule.builder()
                .id("Remains")
                .noncurrentVersionExpiration(OLD_VERSIONS_KEPT)
                .expiredObjectDeleteMarker(true)
                .abortIncompleteMultipartUploadAfter(UPLOADS_KEPT)
                .build();
    }

    /** Allows to store what was generated. Whoever may only write cannot read what others have generated. */
    void grantStoring(ServiceFunction function) {
        grant(function, List.of("s3:PutObject", "s3:AbortMultipartUpload"), ARCHIVES, DIAGRAMS, TEMPLATES);
    }

    /** Allows to sign URLs by which people download archives and diagrams: a URL can do what its signer may. */
    void grantDownloads(ServiceFunction function) {
        grant(function, List.of("s3:GetObject"), ARCHIVES, DIAGRAMS);
    }

    /** Allows to deploy templates: CloudFormation reads a template as whoever names its URL. */
    void grantTemplates(ServiceFunction function) {
        grant(function, List.of("s3:GetObject"), TEMPLATES);
    }

    private void grant(ServiceFunction function, List<String> actions, String... prefixes) {
        List<String> resources = new ArrayList<>();
        for (String prefix : prefixes) {
            resources.add(bucket.arnForObjects(prefix + "*"));
            function.accept(Stack.of(this).getStackName() + EXPORT + prefix + "*",
                    "The key of an object is made of ids that are not known before; the prefix says its kind.");
        }
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(function).actions(actions).resourceArns(resources).build());
    }

    String name() {
        return bucket.getBucketName();
    }

    Bucket bucket() {
        return bucket;
    }
}
