package dev.plinth.stacks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;

/** What CloudWatch counts of the bucket, once a day. */
record BucketMetrics(ArtifactsBucket artifacts) {
    /** Those that an object can reach before it expires; an object is 60 days in Intelligent-Tiering at most. */
    private static final List<String> STORAGE_TYPES =
            List.of("StandardStorage", "IntelligentTieringFAStorage", "IntelligentTieringIAStorage");

    /** In bytes, old versions and incomplete uploads too. */
    IMetric size() {
        Map<String, IMetric> parts = new TreeMap<>();
        for (String type : STORAGE_TYPES) {
            parts.put("bytes" + parts.size(), metric("BucketSizeBytes", type));
        }
        String sum = parts.keySet().stream().map(each -> "FILL(" + each + ", 0)").collect(Collectors.joining(" + "));
        return Metrics.expression(sum, parts, "bytes", Duration.days(1));
    }

    IMetric objects() {
        return metric("NumberOfObjects", "AllStorageTypes");
    }

    private IMetric metric(String name, String storageType) {
        return Metric.Builder.create().namespace("AWS/S3").metricName(name)
                .dimensionsMap(Map.of("BucketName", artifacts.name(), "StorageType", storageType))
                .statistic("Average").period(Duration.days(1)).label("objects").build();
    }
}
