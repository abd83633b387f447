package dev.plinth.local.engine;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * S3Proxy, served on loopback. It asks nobody who they are: what it may be asked, the door decides. Thread-safe.
 */
public final class S3Engine implements Closeable {
    private final S3Proxy server;
    private final boolean kept;

    private S3Engine(S3Proxy server, boolean kept) {
        this.server = server;
        this.kept = kept;
    }

    /**
     * Starts the engine.
     *
     * @param data where objects are kept; empty for memory
     */
    public static S3Engine start(Optional<Path> data) throws IOException {
        if (data.isPresent()) {
            Files.createDirectories(data.get());
        }
        BlobStore store = data.<BlobStore>map(directory -> new FilesystemNio2BlobStore(directory.toString()))
                .orElseGet(TransientNio2BlobStore::new);
        S3Proxy server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                // Headers that it has no use for, such as a checksum's algorithm, are no reason to refuse.
                .ignoreUnknownHeaders(true)
                .stopTimeout(0)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("S3Proxy did not start", e);
        }
        return new S3Engine(server, data.isPresent());
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** Whether buckets may be versioned: objects in memory are, those in files are not. */
    public boolean supportsVersions() {
        return !kept;
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("S3Proxy did not stop in order", e);
        }
    }
}
