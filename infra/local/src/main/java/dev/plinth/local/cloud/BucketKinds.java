package dev.plinth.local.cloud;

import dev.plinth.local.door.TemplateFiles;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.stack.MadeResource;
import dev.plinth.local.stack.ResourceKind;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How programs deploy buckets and their policies, and where CloudFormation finds templates. Thread-safe. */
final class BucketKinds implements TemplateFiles {
    private static final String ARN = "arn:aws:s3:::";

    /** What a property asks for besides the bucket. */
    private static final Map<String, String> SETTERS = Map.of(
            "BucketEncryption", "s3:PutEncryptionConfiguration",
            "LifecycleConfiguration", "s3:PutLifecycleConfiguration",
            "OwnershipControls", "s3:PutBucketOwnershipControls",
            "PublicAccessBlockConfiguration", "s3:PutBucketPublicAccessBlock",
            "Tags", "s3:PutBucketTagging",
            "VersioningConfiguration", "s3:PutBucketVersioning");

    private final BucketResources buckets;

    BucketKinds(BucketResources buckets) {
        this.buckets = buckets;
    }

    Map<String, ResourceKind> kinds() {
        return Map.of(
                BucketResources.BUCKET, new Kind(BucketKinds::creating, buckets::createBucket,
                        made -> Kind.on(ARN + made.created().ref(), "s3:DeleteBucket"), this::deleteBucket),
                "AWS::S3::BucketPolicy", new Kind(
                        resource -> Kind.on(ARN + bucket(resource.properties()),
                                "s3:GetBucketPolicy", "s3:PutBucketPolicy"),
                        buckets::createPolicy,
                        made -> Kind.on(ARN + bucket(made.definition().properties()),
                                "s3:GetBucketPolicy", "s3:DeleteBucketPolicy"),
                        made -> buckets.deletePolicy(bucket(made.definition().properties()))));
    }

    private static String bucket(Properties properties) {
        return properties.string("Bucket");
    }

    private static List<AccessRequest> creating(ResourceDefinition resource) {
        List<String> actions = new ArrayList<>(List.of("s3:CreateBucket"));
        SETTERS.forEach((property, action) -> {
            if (resource.properties().has(property)) {
                actions.add(action);
            }
        });
        return Kind.on(ARN + BucketResources.nameOf(resource), actions.toArray(String[]::new));
    }

    private void deleteBucket(MadeResource made) {
        try {
            buckets.deleteBucket(made.created().ref());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while deleting " + made.created().ref(), e);
        }
    }

    @Override
    public Optional<byte[]> read(Place place) throws IOException, InterruptedException {
        Optional<InputStream> object = buckets.engine().object(place.bucket(), place.key());
        if (object.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream body = object.get()) {
            return Optional.of(body.readAllBytes());
        }
    }
}
