package dev.plinth.functions.aws;

import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/**
 * Makes the passwords of IAM authentication: presigned requests that RDS and ElastiCache accept from a client for 15
 * minutes, and that no store has to keep. Made on this machine, without a call (Amazon RDS User Guide, "IAM database
 * authentication"; Amazon ElastiCache User Guide, "Authenticating with IAM"). Thread-safe.
 */
@Singleton
public final class ConnectTokens {
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private final AwsCredentialsProvider credentials;

    ConnectTokens(AwsCredentialsProvider credentials) {
        this.credentials = credentials;
    }

    /** Returns the password of a PostgreSQL user at a host and port. */
    public String forDatabase(String host, int port, String user) {
        return presigned("https", host, port, "rds-db", "DBUser", user);
    }

    /** Returns the password of a cache user, for the replication group of that id. */
    public String forCache(String replicationGroup, String user) {
        return presigned("http", replicationGroup, 80, "elasticache", "User", user);
    }

    private String presigned(String scheme, String host, int port, String service, String userParameter, String user) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET).protocol(scheme).host(host).port(port).encodedPath("/")
                .putRawQueryParameter("Action", "connect")
                .putRawQueryParameter(userParameter, user)
                .build();
        URI url = AwsV4HttpSigner.create().sign(sign -> sign
                        .identity(credentials.resolveCredentials())
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, new SystemSettingsRegionProvider().getRegion().id())
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, LIFETIME))
                .request().getUri();
        return url.toString().substring(scheme.length() + "://".length());
    }
}
