package dev.plinth.generation;

import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.functions.aws.Values;
import dev.plinth.jobs.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes what the engine of jobs does not: attributes of a generation's job, and its input, which is an item of its own
 * ({@code INPUT#<job id>}) and in no index, so that neither lists nor the engine read it.
 */
final class GenerationItems {
    /** As long as the bucket keeps archives. */
    static final Duration KEPT = Duration.ofDays(90);

    private static final String SCHEMA_ID = "schemaId";
    private static final String ARCHITECTURE_ID = "architectureId";
    private static final String ARCHIVE_BYTES = "archiveBytes";
    private static final String ARCHIVE_SHA256 = "archiveSha256";
    private static final String FILES = "files";

    private static final String INPUT = "input";

    private GenerationItems() {
    }

    /** Returns the attributes of a new job. */
    static Map<String, AttributeValue> order(UUID schema, UUID architecture, Instant createdAt) {
        return Map.of(SCHEMA_ID, Values.text(schema), ARCHITECTURE_ID, Values.text(architecture),
                Attributes.EXPIRES_AT, Values.seconds(createdAt.plus(KEPT)));
    }

    /** Returns the attributes that a job has more when it has succeeded. */
    static Map<String, AttributeValue> result(Generation.Archive archive) {
        return Map.of(ARCHIVE_BYTES, Values.number(archive.bytes()), ARCHIVE_SHA256, Values.text(archive.sha256()),
                FILES, Values.number(archive.files()));
    }

    static Generation generation(Job job) {
        Map<String, AttributeValue> item = job.attributes();
        return new Generation(job.id(), job.projectId(), Values.id(item, SCHEMA_ID).orElseThrow(),
                Values.id(item, ARCHITECTURE_ID).orElseThrow(), job.requestedBy(),
                GenerationStatus.valueOf(job.status()), job.createdAt(), job.startedAt(), job.endedAt(), job.reason(),
                Values.text(item, ARCHIVE_SHA256).map(sha256 -> new Generation.Archive(
                        Values.number(item, ARCHIVE_BYTES), sha256, Values.number(item, FILES))),
                Instant.ofEpochSecond(Values.number(item, Attributes.EXPIRES_AT)));
    }

    static Map<String, AttributeValue> inputKey(UUID generation) {
        return Map.of(Attributes.JOB_ID, Values.text("INPUT#" + generation));
    }

    static Map<String, AttributeValue> input(UUID generation, byte[] bytes, Instant createdAt) {
        return Map.of(Attributes.JOB_ID, inputKey(generation).get(Attributes.JOB_ID),
                INPUT, AttributeValue.fromB(SdkBytes.fromByteArray(bytes)),
                Attributes.EXPIRES_AT, Values.seconds(createdAt.plus(KEPT)));
    }

    static byte[] input(Map<String, AttributeValue> item) {
        return item.get(INPUT).b().asByteArray();
    }
}
