package dev.plinth.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Follows the URLs that the API gives out. */
interface Downloads {
    /** @throws BrokenPromise when it cannot be had */
    byte[] get(String url);

    /** Follows them over HTTP, with no credentials but what is in the URL. */
    static Downloads overHttp() {
        HttpClient client = HttpClient.newHttpClient();
        return url -> {
            try {
                HttpResponse<byte[]> answer = client.send(HttpRequest.newBuilder(URI.create(url)).build(),
                        BodyHandlers.ofByteArray());
                if (answer.statusCode() != 200) {
                    throw new BrokenPromise("the download was answered with " + answer.statusCode() + ": "
                            + new String(answer.body()));
                }
                return answer.body();
            } catch (IOException e) {
                throw new BrokenPromise("no answer to the download: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BrokenPromise("interrupted");
            }
        };
    }

    /** Returns the names of the files in an archive, each of which has been read to its end. */
    static Set<String> unpack(byte[] archive) {
        Set<String> names = new TreeSet<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                zip.readAllBytes();
                names.add(entry.getName());
            }
        } catch (IOException e) {
            throw new BrokenPromise("the archive cannot be unpacked: " + e);
        }
        return names;
    }
}
