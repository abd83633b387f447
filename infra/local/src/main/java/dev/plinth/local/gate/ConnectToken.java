package dev.plinth.local.gate;

import dev.plinth.local.iam.SignatureV4;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A token of IAM authentication: a request that is presigned by Signature Version 4 (IAM User Guide, "Create a signed
 * AWS API request"), without its scheme. It is sent as a password and never as a request.
 */
final class ConnectToken {
    /** RDS and ElastiCache take no token of a longer life. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(15);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final Pattern FORM = Pattern.compile("([^/?#]+)/\\?([^#]+)");
    private static final Pattern CREDENTIAL = Pattern.compile("([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);

    private final String host;
    /** As they stand in the token, escaped. */
    private final Map<String, String> parameters;
    private final Matcher credential;

    private ConnectToken(String host, Map<String, String> parameters, Matcher credential) {
        this.host = host;
        this.parameters = parameters;
        this.credential = credential;
    }

    /** Reads a token; empty if the text is none, for example an ordinary password. */
    static Optional<ConnectToken> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : form.group(2).split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 1 || parameters.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                return Optional.empty();
            }
        }
        Matcher credential = CREDENTIAL.matcher(decode(parameters.getOrDefault("X-Amz-Credential", "")));
        return credential.matches() && SignatureV4.ALGORITHM.equals(parameters.get("X-Amz-Algorithm"))
                ? Optional.of(new ConnectToken(form.group(1), parameters, credential)) : Optional.empty();
    }

    /** Returns the access key of whoever made the token. */
    String accessKeyId() {
        return credential.group(1);
    }

    /** Returns the host for which the token was made, with its port unless that is the one of the scheme. */
    String host() {
        return host;
    }

    String region() {
        return credential.group(3);
    }

    /** Returns the service for which the token was made, for example {@code rds-db}. */
    String service() {
        return credential.group(4);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).map(ConnectToken::decode);
    }

    /** Returns why the token is not valid at this time; empty when it is. */
    Optional<String> expiry(Instant now) {
        try {
            Instant made = DATE.parse(parameter("X-Amz-Date").orElse(""), Instant::from);
            Duration life = Duration.ofSeconds(Long.parseLong(parameter("X-Amz-Expires").orElse("")));
            if (life.isNegative() || life.compareTo(LONGEST_LIFE) > 0) {
                return Optional.of("the token lives " + life.toSeconds() + " s, and 900 s is the longest life");
            }
            if (now.plus(CLOCK_SKEW).isBefore(made)) {
                return Optional.of("the token is of the future: " + made);
            }
            return now.isBefore(made.plus(life)) ? Optional.empty()
                    : Optional.of("the token expired at " + made.plus(life));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.of("the token does not say when it was made and how long it lives");
        }
    }

    /** Tells whether the token was signed with a secret access key, and nothing in it has been changed since. */
    boolean isSignedWith(String secretAccessKey) {
        String query = parameters.entrySet().stream().filter(parameter -> !parameter.getKey().equals("X-Amz-Signature"))
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue()).collect(Collectors.joining("&"));
        String request = String.join("\n", "GET", "/", query, "host:" + host, "", "host", SignatureV4.sha256(""));
        String scope = String.join("/", credential.group(2), region(), service(), "aws4_request");
        return SignatureV4.matches(parameter("X-Amz-Signature").orElse(""), secretAccessKey,
                parameter("X-Amz-Date").orElse(""), scope, request);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A broken escape is no value that anything here could equal.
            return "";
        }
    }
}
