package dev.plinth.local.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/** One S3Proxy for all tests of a JVM; it ends with it. Tests make buckets of their own. */
public final class LocalS3 {
    private static final S3Engine ENGINE = start();

    private LocalS3() {
    }

    private static S3Engine start() {
        try {
            return S3Engine.start(Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static S3Engine engine() {
        return ENGINE;
    }

    public static URI url() {
        return ENGINE.url();
    }

    /** Creates a bucket that no other test has, and returns its name. */
    public static String bucket() throws IOException, InterruptedException {
        String name = "bucket-" + UUID.randomUUID();
        new S3Buckets(url()).create(name);
        return name;
    }
}
