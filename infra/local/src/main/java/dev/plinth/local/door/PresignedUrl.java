package dev.plinth.local.door;

import dev.plinth.local.iam.SignatureV4;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A request that carries its signature in its query (Amazon S3 API Reference, "Authenticating Requests: Using Query
 * Parameters"). Whoever holds the URL may use it, so here the signature is verified.
 */
final class PresignedUrl {
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);
    private static final Pattern CREDENTIAL = Pattern.compile("([^/]+)/((\\d{8})/[^/]+/s3/aws4_request)");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final S3Call call;
    private final List<Map.Entry<String, String>> parameters;
    private final Matcher credential;

    private PresignedUrl(S3Call call, List<Map.Entry<String, String>> parameters, Matcher credential) {
        this.call = call;
        this.parameters = parameters;
        this.credential = credential;
    }

    static boolean isPresigned(String rawQuery) {
        return ("&" + rawQuery).contains("&X-Amz-Algorithm=") || ("&" + rawQuery).contains("&X-Amz-Signature=");
    }

    /** Reads a request; empty where its parameters are not those of a signature for S3. */
    static Optional<PresignedUrl> of(S3Call call, String rawQuery) {
        Matcher credential = CREDENTIAL.matcher(call.query().getOrDefault("X-Amz-Credential", ""));
        boolean complete = SignatureV4.ALGORITHM.equals(call.query().get("X-Amz-Algorithm"))
                && call.query().containsKey("X-Amz-Signature") && credential.matches();
        return complete ? Optional.of(new PresignedUrl(call, UriText.parameters(rawQuery), credential))
                : Optional.empty();
    }

    String accessKeyId() {
        return credential.group(1);
    }

    String sessionToken() {
        return parameter("X-Amz-Security-Token");
    }

    private String parameter(String name) {
        return call.query().getOrDefault(name, "");
    }

    /** What the time of a request makes of it. */
    enum Age { GOOD, EXPIRED, EARLY, UNREADABLE }

    Age age(Instant now) {
        try {
            Instant made = DATE.parse(parameter("X-Amz-Date"), Instant::from);
            Duration life = Duration.ofSeconds(Long.parseLong(parameter("X-Amz-Expires")));
            if (life.isNegative() || life.compareTo(LONGEST_LIFE) > 0
                    || !parameter("X-Amz-Date").startsWith(credential.group(3))) {
                return Age.UNREADABLE;
            }
            if (now.plus(CLOCK_SKEW).isBefore(made)) {
                return Age.EARLY;
            }
            return now.isBefore(made.plus(life)) ? Age.GOOD : Age.EXPIRED;
        } catch (DateTimeException | NumberFormatException e) {
            return Age.UNREADABLE;
        }
    }

    /** Tells whether the method, the path, the query and the signed headers are those that were signed. */
    boolean isSignedWith(String secretAccessKey) {
        String query = parameters.stream().filter(parameter -> !parameter.getKey().equals("X-Amz-Signature"))
                .map(parameter -> UriText.encode(parameter.getKey(), true) + "="
                        + UriText.encode(parameter.getValue(), true))
                .sorted().collect(Collectors.joining("&"));
        List<String> names = List.of(parameter("X-Amz-SignedHeaders").split(";"));
        if (!names.contains("host")) {
            return false;
        }
        List<String> lines = new ArrayList<>();
        lines.add(call.method());
        lines.add("/" + UriText.encode(call.bucket() + (call.key().isEmpty() ? "" : "/" + call.key()), false));
        lines.add(query);
        names.forEach(name -> lines.add(name + ":"
                + call.headers().getOrDefault(name, "").strip().replaceAll(" +", " ")));
        lines.add("");
        lines.add(String.join(";", names));
        lines.add(call.headers().getOrDefault("x-amz-content-sha256",
                call.query().getOrDefault("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")));
        return SignatureV4.matches(parameter("X-Amz-Signature"), secretAccessKey, parameter("X-Amz-Date"),
                credential.group(2), String.join("\n", lines));
    }
}
