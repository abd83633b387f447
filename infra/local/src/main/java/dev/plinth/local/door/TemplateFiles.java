package dev.plinth.local.door;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where CloudFormation reads templates that are named by a URL. */
@FunctionalInterface
public interface TemplateFiles {
    /** Returns the object; empty when there is none. */
    Optional<byte[]> read(Place place) throws IOException, InterruptedException;

    /** An object of S3. */
    record Place(String bucket, String key) {
        private static final Pattern VIRTUAL_HOST = Pattern.compile("(.+)\\.s3[.-]([a-z0-9-]+)\\.amazonaws\\.com");
        private static final Pattern PATH_HOST = Pattern.compile("s3[.-]([a-z0-9-]+)\\.amazonaws\\.com");

        /** Reads the URL of an object of a region, with the bucket in its host or its path; empty for any other URL. */
        static Optional<Place> of(String url, String region) {
            URI uri;
            try {
                uri = new URI(url);
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
            if (!"https".equals(uri.getScheme()) || uri.getHost() == null || uri.getPath().length() < 2) {
                return Optional.empty();
            }
            String path = uri.getPath().substring(1);
            Matcher virtual = VIRTUAL_HOST.matcher(uri.getHost());
            if (virtual.matches() && virtual.group(2).equals(region)) {
                return Optional.of(new Place(virtual.group(1), path));
            }
            Matcher byPath = PATH_HOST.matcher(uri.getHost());
            int slash = path.indexOf('/');
            return byPath.matches() && byPath.group(1).equals(region) && slash > 0 && slash < path.length() - 1
                    ? Optional.of(new Place(path.substring(0, slash), path.substring(slash + 1))) : Optional.empty();
        }

        String arn() {
            return "arn:aws:s3:::" + bucket + "/" + key;
        }
    }
}
