package dev.plinth.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.LocalBucket;
import dev.plinth.functions.aws.MortalAws;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ArtifactsTest {
    private static final UUID PROJECT = UUID.randomUUID();

    private final LocalBucket bucket = new LocalBucket();
    private final MortalAws aws = new MortalAws();
    private final Artifacts artifacts = new Artifacts(LocalBucket.client(aws), Storage.environment(bucket.name()));
    private final UUID generation = UUID.randomUUID();
    private final String key = Artifact.ARCHIVE.key(PROJECT, generation);

    @Test
    void storesASmallContentByOneCallWithItsMeasures() throws Exception {
        byte[] bytes = "an archive".getBytes(StandardCharsets.UTF_8);

        Stored stored = store(bytes);

        assertThat(aws.operations()).containsOnly("S3.PUT");
        assertThat(bucket.bytes("archives/" + PROJECT + "/" + generation + ".zip")).isEqualTo(bytes);
        assertThat(stored).isEqualTo(new Stored(bytes.length, sha256(bytes)));
        assertThat(bucket.metadata(key)).containsEntry("sha256", sha256(bytes))
                .containsEntry("project", PROJECT.toString()).containsEntry("generation", generation.toString());
        assertThat(bucket.s3().headObject(head -> head.bucket(bucket.name()).key(key)).contentType())
                .isEqualTo("application/zip");
    }

    @Test
    void storesALargeContentInPartsWithItsMeasures() throws Exception {
        byte[] bytes = random(2 * Artifacts.PART + 7);

        Stored stored = store(bytes);

        assertThat(aws.operations()).containsSubsequence("S3.POST", "S3.PUT", "S3.PUT", "S3.PUT", "S3.POST");
        assertThat(Arrays.equals(bucket.bytes(key), bytes)).isTrue();
        assertThat(stored).isEqualTo(new Stored(bytes.length, sha256(bytes)));
        assertThat(bucket.metadata(key)).containsEntry("sha256", sha256(bytes));
        assertThat(bucket.uploads()).isZero();
    }

    @Test
    void sendsAContentOfExactlyOnePartAtOnceAndOfOneByteMoreInTwo() {
        store(random(Artifacts.PART));
        assertThat(aws.operations()).containsOnly("S3.PUT");

        aws.live();
        artifacts.store(PROJECT, UUID.randomUUID(), Artifact.ARCHIVE, content(random(Artifacts.PART + 1)));
        assertThat(aws.operations()).containsSubsequence("S3.POST", "S3.PUT", "S3.PUT", "S3.POST");
    }

    @Test
    void leavesWhatIsStoredAlreadySmallOrLarge() {
        byte[] small = random(100);
        byte[] large = random(Artifacts.PART + 1);
        UUID other = UUID.randomUUID();
        store(small);
        artifacts.store(PROJECT, other, Artifact.ARCHIVE, content(large));

        assertThat(store(small).bytes()).isEqualTo(100);
        assertThat(artifacts.store(PROJECT, other, Artifact.ARCHIVE, content(large)).bytes()).isEqualTo(large.length);

        assertThat(bucket.versions()).as("one of each").isEqualTo(2);
        assertThat(bucket.uploads()).isZero();
    }

    @Test
    void storesOneVersionWhenEveryAnswerWasLost() {
        byte[] bytes = random(100);
        aws.fail("S3.PUT"::equals, true);

        assertThatThrownBy(() -> store(bytes)).isInstanceOf(Failure.class);
        aws.live();
        store(bytes);

        assertThat(bucket.versions()).isEqualTo(1);
    }

    @Test
    void givesPartsBackWhenTheUploadFails() {
        byte[] large = random(Artifacts.PART + 1);
        aws.fail("S3.PUT"::equals, false);

        assertThatThrownBy(() -> store(large)).isInstanceOfSatisfying(Failure.class,
                failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE));

        assertThat(aws.operations()).last().isEqualTo("S3.DELETE");
        assertThat(bucket.uploads()).isZero();
        assertThat(bucket.keys()).isEmpty();
    }

    @Test
    void givesPartsBackWhenTheContentFails() {
        byte[] large = random(Artifacts.PART + 1);
        int[] writings = {0};
        Content failing = stream -> {
            stream.write(large);
            if (++writings[0] == 2) {
                throw new IllegalStateException("cannot");
            }
        };

        assertThatThrownBy(() -> artifacts.store(PROJECT, generation, Artifact.ARCHIVE, failing))
                .isInstanceOf(IllegalStateException.class);

        assertThat(bucket.uploads()).isZero();
        assertThat(bucket.keys()).isEmpty();
    }

    @Test
    void fillsPartsWhateverIsWrittenAtOnce() {
        List<Integer> sizes = new ArrayList<>();
        Parts parts = new Parts(10, (number, bytes) -> {
            sizes.add(bytes.length);
            return null;
        });
        for (int size : new int[] {3, 7, 25, 0, 1}) {
            write(parts, size);
        }
        assertThat(sizes).as("full ones are sent as soon as more comes").containsExactly(10, 10, 10);
    }

    private static void write(OutputStream stream, int size) {
        try {
            stream.write(new byte[size]);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private Stored store(byte[] bytes) {
        return artifacts.store(PROJECT, generation, Artifact.ARCHIVE, content(bytes));
    }

    private static Content content(byte[] bytes) {
        return stream -> stream.write(bytes);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
