package dev.plinth.local.door;

import dev.plinth.local.net.Exchange;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The body of a request to S3, received as a whole before the engine sees it: what its sender did not finish never gets
 * there. It lies in a file, since it may be as large as it likes. A body in chunks (Amazon S3 API Reference, "Signature
 * calculations: transferring payload in multiple chunks") is taken out of them, with the headers that trail it.
 */
final class Upload implements Closeable {
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final Map<String, String> trailers;

    private Upload(Path file, Map<String, String> trailers) {
        this.file = file;
        this.trailers = trailers;
    }

    /** A body that is not what its headers say. */
    static final class BrokenException extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenException(String message) {
            super(message);
        }
    }

    static boolean isChunked(Map<String, String> headers) {
        return headers.getOrDefault("x-amz-content-sha256", "").startsWith("STREAMING-");
    }

    /** @throws BrokenException when the body is shorter or longer than it says, or its chunks cannot be read */
    static Upload receive(Exchange exchange, Map<String, String> headers) throws IOException {
        Path file = Files.createTempFile("plinth-upload-", "");
        Upload upload = new Upload(file, new LinkedHashMap<>());
        boolean received = false;
        try (OutputStream out = Files.newOutputStream(file)) {
            InputStream in = exchange.stream();
            if (isChunked(headers)) {
                long length = upload.unwrap(in, out);
                if (!Long.toString(length).equals(headers.get("x-amz-decoded-content-length"))) {
                    throw new BrokenException("The body has " + length + " bytes, not x-amz-decoded-content-length");
                }
            } else {
                in.transferTo(out);
            }
            // To its end, or the connection could not be used again.
            in.transferTo(OutputStream.nullOutputStream());
            received = true;
        } finally {
            if (!received) {
                upload.close();
            }
        }
        return upload;
    }

    private long unwrap(InputStream in, OutputStream out) throws IOException {
        long length = 0;
        while (true) {
            long size = size(line(in));
            if (size == 0) {
                break;
            }
            copy(in, out, size);
            length += size;
            if (!line(in).isEmpty()) {
                throw new BrokenException("A chunk is longer than it says");
            }
        }
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new BrokenException("A trailing header has no name");
            }
            trailers.put(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return length;
    }

    /** Reads the size of a chunk; a signature may follow it, which is not verified. */
    private static long size(String line) throws BrokenException {
        try {
            return Long.parseUnsignedLong(line.split(";", 2)[0].strip(), 16);
        } catch (NumberFormatException e) {
            throw new BrokenException("A chunk does not say its size");
        }
    }

    private static void copy(InputStream in, OutputStream out, long size) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = size;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("A chunk ends early");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    /** Reads a line without its end; the end of the body counts as one, since the last line need not have it. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
            if (line.length() == LONGEST_LINE) {
                throw new BrokenException("A line of the body's frame is too long");
            }
            line.append((char) each);
        }
        return line.toString().stripTrailing();
    }

    Path file() {
        return file;
    }

    /** Returns the headers with which the engine gets the body: without the frame, with what trailed it. */
    Map<String, String> headers(Map<String, String> sent) {
        if (!isChunked(sent)) {
            return sent;
        }
        Map<String, String> headers = new LinkedHashMap<>(sent);
        headers.keySet().removeAll(Set.of("x-amz-content-sha256", "x-amz-trailer", "x-amz-decoded-content-length"));
        String encoding = headers.getOrDefault("content-encoding", "").replaceAll("\\s*aws-chunked\\s*,?", "").strip();
        if (encoding.isEmpty()) {
            headers.remove("content-encoding");
        } else {
            headers.put("content-encoding", encoding);
        }
        trailers.forEach((name, value) -> {
            if (name.startsWith("x-amz-checksum-")) {
                headers.put(name, value);
            }
        });
        return headers;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
