package dev.plinth.local.door;

import dev.plinth.local.iam.AccessRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request of S3's REST protocol, path-style: which operation it is, and which permissions that needs by the Service
 * Authorization Reference. What is not listed here has no permissions, and is denied.
 *
 * @param bucket  empty where the request names none
 * @param key     empty for a request to the bucket itself; decoded
 * @param query   decoded
 * @param headers names in lower case
 */
record S3Call(String method, String bucket, String key, Map<String, String> query, Map<String, String> headers) {
    static final Set<String> CONDITION_KEYS = Set.of("s3:prefix", "s3:delimiter");

    /** Parameters that say something about an operation and do not choose it. */
    private static final Set<String> NEUTRAL = Set.of("x-id", "prefix", "delimiter", "max-keys", "continuation-token",
            "start-after", "encoding-type", "fetch-owner", "marker", "key-marker", "version-id-marker",
            "upload-id-marker", "max-uploads", "versionId", "partNumber", "part-number-marker", "max-parts");
    private static final String DENIED = "";

    /** Reads the target and the query as they were sent. */
    static S3Call of(String method, String rawPath, String rawQuery, Map<String, String> headers) {
        String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
        int slash = path.indexOf('/');
        String bucket = UriText.decode(slash < 0 ? path : path.substring(0, slash));
        String key = slash < 0 ? "" : UriText.decode(path.substring(slash + 1));
        Map<String, String> query = new LinkedHashMap<>();
        UriText.parameters(rawQuery).forEach(parameter -> query.put(parameter.getKey(), parameter.getValue()));
        return new S3Call(method, bucket, key, query, headers);
    }

    /** Returns the operation's name, for example {@code s3:GetObject}; one that is not known is named by what it is. */
    String name() {
        return "s3:" + operation().orElseGet(() -> method + chosenBy());
    }

    private String chosenBy() {
        Set<String> names = new TreeSet<>(query.keySet());
        names.removeIf(name -> !chooses(name));
        return String.join("", names).replaceAll("[^A-Za-z]", "");
    }

    private static boolean chooses(String parameter) {
        return !NEUTRAL.contains(parameter) && !parameter.startsWith("response-") && !parameter.startsWith("X-Amz-");
    }

    Optional<String> operation() {
        List<String> chosen = query.keySet().stream().filter(S3Call::chooses).toList();
        if (chosen.size() > 1) {
            return Optional.empty();
        }
        String what = chosen.isEmpty() ? "" : "?" + chosen.get(0);
        String name = bucket.isEmpty() ? ofAccount(what) : key.isEmpty() ? ofBucket(what) : ofObject(what);
        return name.equals(DENIED) ? Optional.empty() : Optional.of(name);
    }

    private String ofAccount(String what) {
        return (method + what).equals("GET") ? "ListBuckets" : DENIED;
    }

    private String ofBucket(String what) {
        return switch (method + what) {
            case "GET" -> "ListObjects";
            case "GET?list-type" -> "ListObjectsV2";
            case "GET?versions" -> "ListObjectVersions";
            case "GET?uploads" -> "ListMultipartUploads";
            case "GET?location" -> "GetBucketLocation";
            case "GET?versioning" -> "GetBucketVersioning";
            case "HEAD" -> "HeadBucket";
            case "POST?delete" -> "DeleteObjects";
            default -> DENIED;
        };
    }

    private String ofObject(String what) {
        boolean copies = headers.containsKey("x-amz-copy-source");
        boolean part = query.containsKey("partNumber");
        return switch (method + what) {
            case "GET" -> "GetObject";
            case "GET?attributes" -> "GetObjectAttributes";
            case "GET?uploadId" -> "ListParts";
            case "HEAD" -> "HeadObject";
            case "PUT" -> copies ? "CopyObject" : "PutObject";
            case "PUT?uploadId" -> !part ? DENIED : copies ? "UploadPartCopy" : "UploadPart";
            case "POST?uploads" -> "CreateMultipartUpload";
            case "POST?uploadId" -> "CompleteMultipartUpload";
            case "DELETE" -> "DeleteObject";
            case "DELETE?uploadId" -> "AbortMultipartUpload";
            default -> DENIED;
        };
    }

    /**
     * Returns every permission that the call needs; empty when the operation is not known.
     *
     * @param deleted the keys that DeleteObjects names in its body, each with whether it names a version
     */
    Optional<List<AccessRequest>> permissions(Map<String, Boolean> deleted) {
        return operation().map(operation -> {
            List<AccessRequest> needed = new ArrayList<>();
            switch (operation) {
                case "ListBuckets" -> needed.add(on("ListAllMyBuckets", "*"));
                case "ListObjects", "ListObjectsV2", "HeadBucket" -> needed.add(listing("ListBucket"));
                case "ListObjectVersions" -> needed.add(listing("ListBucketVersions"));
                case "ListMultipartUploads" -> needed.add(listing("ListBucketMultipartUploads"));
                case "GetBucketLocation", "GetBucketVersioning" -> needed.add(on(operation, bucketArn(bucket)));
                case "DeleteObjects" -> deleted.forEach((name, version) -> needed.add(
                        on(version ? "DeleteObjectVersion" : "DeleteObject", objectArn(bucket, name))));
                case "GetObject", "HeadObject" -> needed.add(onObject("GetObject"));
                case "GetObjectAttributes" -> {
                    needed.add(onObject("GetObject"));
                    needed.add(on(query.containsKey("versionId") ? "GetObjectVersionAttributes" : "GetObjectAttributes",
                            objectArn(bucket, key)));
                }
                case "DeleteObject" -> needed.add(onObject("DeleteObject"));
                case "ListParts" -> needed.add(on("ListMultipartUploadParts", objectArn(bucket, key)));
                case "AbortMultipartUpload" -> needed.add(on("AbortMultipartUpload", objectArn(bucket, key)));
                default -> addWriting(needed);
            }
            return needed;
        });
    }

    private void addWriting(List<AccessRequest> needed) {
        needed.add(on("PutObject", objectArn(bucket, key)));
        if (headers.containsKey("x-amz-tagging")) {
            needed.add(on("PutObjectTagging", objectArn(bucket, key)));
        }
        if (headers.keySet().stream().anyMatch(name -> name.equals("x-amz-acl") || name.startsWith("x-amz-grant-"))) {
            needed.add(on("PutObjectAcl", objectArn(bucket, key)));
        }
        if (headers.containsKey("if-match")) {
            // Whoever writes on the condition of an ETag learns whether it is the object's.
            needed.add(on("GetObject", objectArn(bucket, key)));
        }
        String source = headers.get("x-amz-copy-source");
        if (source != null) {
            String[] parts = source.split("\\?", 2);
            String path = UriText.decode(parts[0].startsWith("/") ? parts[0].substring(1) : parts[0]);
            int slash = path.indexOf('/');
            needed.add(on(parts.length > 1 ? "GetObjectVersion" : "GetObject",
                    slash < 0 ? bucketArn(path) : objectArn(path.substring(0, slash), path.substring(slash + 1))));
        }
    }

    private AccessRequest onObject(String action) {
        return on(query.containsKey("versionId") ? action + "Version" : action, objectArn(bucket, key));
    }

    private AccessRequest listing(String action) {
        Map<String, List<String>> context = new HashMap<>(secure());
        context.put("s3:prefix", List.of(query.getOrDefault("prefix", "")));
        context.put("s3:delimiter", List.of(query.getOrDefault("delimiter", "")));
        return new AccessRequest("s3:" + action, bucketArn(bucket), context);
    }

    /** Returns what tells a caller who may not read a missing object that it is missing. */
    AccessRequest listBucket() {
        return on("ListBucket", bucketArn(bucket));
    }

    private static AccessRequest on(String action, String resource) {
        return new AccessRequest("s3:" + action, resource, secure());
    }

    /** The door stands for an endpoint that has TLS, so a policy that wants it is content. */
    private static Map<String, List<String>> secure() {
        return Map.of("aws:SecureTransport", List.of("true"));
    }

    static String bucketArn(String bucket) {
        return "arn:aws:s3:::" + bucket;
    }

    private static String objectArn(String bucket, String key) {
        return bucketArn(bucket) + "/" + key;
    }

    /** Returns how many bytes the key has, of which S3 takes 1,024. */
    int keyLength() {
        return key.getBytes(StandardCharsets.UTF_8).length;
    }
}
