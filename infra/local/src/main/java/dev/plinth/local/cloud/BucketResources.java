package dev.plinth.local.cloud;

import dev.plinth.local.door.Account;
import dev.plinth.local.door.CorsRule;
import dev.plinth.local.engine.S3Buckets;
import dev.plinth.local.engine.S3Engine;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.iam.PolicyReader;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Buckets and their policies, as templates have them at the start and as stacks come and go later. Thread-safe. */
final class BucketResources {
    static final String BUCKET = "AWS::S3::Bucket";
    private static final String ARN = "arn:aws:s3:::";

    private final Account account;
    private final S3Buckets buckets;
    private final boolean versions;
    /** The door stands for an endpoint that has TLS: on AWS, who calls without it is denied here and there alike. */
    private final PolicyReader reader = new PolicyReader(Set.of("aws:SecureTransport"));
    private final Map<String, Policy> policies = new ConcurrentHashMap<>();
    private final Map<String, List<CorsRule>> cors = new ConcurrentHashMap<>();
    private final Map<String, String> constructPaths = new ConcurrentSkipListMap<>();

    BucketResources(Account account, S3Engine engine) {
        this.account = account;
        this.buckets = new S3Buckets(engine.url());
        this.versions = engine.supportsVersions();
    }

    Map<String, LaptopCloud.Creator> creators() {
        return Map.of(BUCKET, this::createBucket, "AWS::S3::BucketPolicy", this::createPolicy);
    }

    /** Returns the engine's side of the buckets. */
    S3Buckets engine() {
        return buckets;
    }

    /** Returns the construct path of each bucket by its name. */
    Map<String, String> constructPaths() {
        return Map.copyOf(constructPaths);
    }

    CreatedResource createBucket(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String name = nameOf(resource);
        if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw properties.refuse("BucketName", "3 to 63 lower-case letters, digits, dots and hyphens");
        }
        boolean keepsVersions = properties.optionalObject("VersioningConfiguration")
                .flatMap(versioning -> versioning.oneOf("Status", "Enabled", "Suspended"))
                .filter("Enabled"::equals).isPresent();
        if (!versions) {
            properties.ignored("VersioningConfiguration", "kept data has no versions; objects in memory have");
        }
        properties.optionalObject("LifecycleConfiguration").ifPresent(BucketResources::checkLifecycle);
        properties.ignored("LifecycleConfiguration", "objects stay until they are deleted");
        properties.ignored("BucketEncryption", "nothing is encrypted at rest here");
        properties.ignored("PublicAccessBlockConfiguration", "nobody gets in without a signature");
        properties.ignored("OwnershipControls", "there is one account here");
        properties.ignored("MetricsConfigurations", "no metrics are kept");
        properties.ignored("Tags", "nothing reads tags here");
        List<CorsRule> rules = properties.optionalObject("CorsConfiguration")
                .map(configuration -> configuration.objects("CorsRules")).orElse(List.of())
                .stream().map(BucketResources::corsRule).toList();
        create(name, keepsVersions && versions);
        cors.put(name, rules);
        constructPaths.put(name, resource.constructPath());
        return new CreatedResource(name, Map.of("Arn", ARN + name, "DomainName", name + ".s3.amazonaws.com",
                "RegionalDomainName", name + ".s3." + account.region() + ".amazonaws.com"));
    }

    private static CorsRule corsRule(Properties rule) {
        rule.optionalString("Id");
        List<String> methods = rule.strings("AllowedMethods");
        if (methods.isEmpty() || !Set.of("GET", "PUT", "HEAD", "POST", "DELETE").containsAll(methods)) {
            throw rule.refuse("AllowedMethods", "GET, PUT, HEAD, POST, DELETE");
        }
        List<String> origins = rule.strings("AllowedOrigins");
        if (origins.isEmpty()) {
            throw rule.refuse("AllowedOrigins", "one origin or more");
        }
        return new CorsRule(origins, methods, rule.strings("AllowedHeaders"), rule.strings("ExposedHeaders"),
                rule.optionalInteger("MaxAge"));
    }

    static String nameOf(ResourceDefinition resource) {
        return resource.properties().optionalString("BucketName").orElseGet(
                () -> PhysicalNames.of(resource.stackName(), resource.logicalId(), 63).toLowerCase(Locale.ROOT));
    }

    /** Reads what a rule may say; what it says besides is refused as every property is that nobody reads. */
    private static void checkLifecycle(Properties lifecycle) {
        for (Properties rule : lifecycle.objects("Rules")) {
            rule.oneOf("Status", "Enabled", "Disabled");
            rule.optionalString("Id");
            rule.optionalString("Prefix");
            rule.optionalInteger("ExpirationInDays");
            rule.optionalBool("ExpiredObjectDeleteMarker");
            rule.optionalObject("NoncurrentVersionExpiration").ifPresent(expiration -> {
                expiration.integer("NoncurrentDays");
                expiration.optionalInteger("NewerNoncurrentVersions");
            });
            rule.optionalObject("AbortIncompleteMultipartUpload")
                    .ifPresent(abort -> abort.integer("DaysAfterInitiation"));
            for (Properties transition : rule.objects("Transitions")) {
                transition.oneOf("StorageClass", "INTELLIGENT_TIERING", "STANDARD_IA", "ONEZONE_IA", "GLACIER_IR",
                        "GLACIER", "DEEP_ARCHIVE");
                transition.integer("TransitionInDays");
            }
        }
    }

    private void create(String name, boolean keepsVersions) {
        try {
            buckets.create(name);
            if (keepsVersions) {
                buckets.keepVersions(name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating " + name, e);
        }
    }

    CreatedResource createPolicy(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String bucket = properties.string("Bucket");
        if (!constructPaths.containsKey(bucket)) {
            throw properties.refuse("Bucket", "a bucket of these templates");
        }
        policies.put(bucket, reader.denials(resource.logicalId(), resource.constructPath(),
                properties.json("PolicyDocument")));
        return new CreatedResource(resource.logicalId(), Map.of());
    }

    void deletePolicy(String bucket) {
        policies.remove(bucket);
    }

    /**
     * Deletes a bucket with its policy; one that does not exist is no error.
     *
     * @throws S3Buckets.NotEmptyException when it holds objects
     */
    void deleteBucket(String name) throws IOException, InterruptedException {
        buckets.delete(name);
        policies.remove(name);
        cors.remove(name);
        constructPaths.remove(name);
    }

    /** Returns the rules for pages of other origins. */
    List<CorsRule> corsOf(String bucket) {
        return cors.getOrDefault(bucket, List.of());
    }

    /** Returns the policy of the bucket of an ARN, which may be the ARN of an object in it. */
    Optional<Policy> policyOf(String arn) {
        return arn.startsWith(ARN)
                ? Optional.ofNullable(policies.get(arn.substring(ARN.length()).split("/", 2)[0])) : Optional.empty();
    }
}
