package dev.plinth.local.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.door.Account;
import dev.plinth.local.door.Callers;
import dev.plinth.local.iam.PolicyReader;
import dev.plinth.local.iam.Role;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.RoleCredentials.Credentials;
import dev.plinth.local.network.Network;
import dev.plinth.local.network.Placement;
import dev.plinth.local.network.Rule;
import dev.plinth.local.network.Subnet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * What the gates ask, for tests: a network with a store in it that admits functions, and roles. The function of the
 * role {@code shop} stands inside and may reach the store; that of {@code outside} stands in no network, and that of
 * {@code stranger} has a security group that nobody admits.
 */
final class Guarded {
    static final Account ACCOUNT = new Account("000000000000", "eu-west-1");
    static final String USERS = "arn:aws:rds-db:eu-west-1:000000000000:dbuser:db-ONE/";
    static final String CACHE = "arn:aws:elasticache:eu-west-1:000000000000:replicationgroup:shop";
    static final String CACHE_USERS = "arn:aws:elasticache:eu-west-1:000000000000:user:";
    static final Placement STORE = new Placement("Shop/Store", List.of("subnet-1"), List.of("sg-store"));
    /** Made once: keytool takes its time. */
    private static final Path TLS = Path.of("target", "tls");

    private static GateKeys keys;

    final Callers callers = new Callers();
    final Network network = new Network();
    final Journal journal = new Journal();
    final List<String> denials = new ArrayList<>();
    final SignIns signIns;

    Guarded() {
        this(Clock.systemUTC());
    }

    Guarded(Clock clock) {
        signIns = new SignIns(ACCOUNT, callers, network, journal, denials::add, clock);
        network.addSubnet(new Subnet("subnet-1", "Shop/Subnet", "vpc-1", "10.0.0.0/24"));
        network.addGroup("sg-shop", "Shop/ShopGroup", List.of(), Optional.empty());
        network.addGroup("sg-stranger", "Shop/StrangerGroup", List.of(), Optional.empty());
        network.addGroup("sg-store", "Shop/StoreGroup", List.of(
                new Rule("tcp", 5432, 5432, Optional.of("sg-shop"), Optional.empty()),
                new Rule("tcp", 6379, 6379, Optional.of("sg-shop"), Optional.empty())), Optional.empty());
        for (String role : List.of("shop", "outside", "stranger")) {
            allow(role, """
                    {"Effect": "Allow", "Action": "rds-db:connect", "Resource": ["%s%s", "%sghost"]},
                    {"Effect": "Allow", "Action": "elasticache:Connect", "Resource": ["%s", "%s%s"]}"""
                    .formatted(USERS, role, USERS, CACHE, CACHE_USERS, role));
        }
        network.place("shop", "Shop/Function",
                Optional.of(new Placement("Shop/Function", List.of("subnet-1"), List.of("sg-shop"))));
        network.place("outside", "Shop/Outside", Optional.empty());
        network.place("stranger", "Shop/Stranger",
                Optional.of(new Placement("Shop/Stranger", List.of("subnet-1"), List.of("sg-stranger"))));
    }

    void allow(String role, String statements) {
        try {
            callers.define(new Role(role, "arn:aws:iam::000000000000:role/" + role, "Shop/" + role + "/Role", List.of(
                    new PolicyReader(Set.of()).policy("Default", "Shop/" + role + "/Policy",
                            new ObjectMapper().readTree(
                            "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}"))), Optional.empty()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static synchronized GateKeys keys() throws IOException {
        if (keys == null) {
            keys = GateKeys.in(TLS);
        }
        return keys;
    }

    /** Makes a token for a database user, as the function of a role does. */
    String databaseToken(String role, String user, int port) {
        return token(role, "https", "127.0.0.1", port, "rds-db", "DBUser", user, Clock.systemUTC().instant());
    }

    String cacheToken(String role, String user) {
        return token(role, "http", "shop", 80, "elasticache", "User", user, Clock.systemUTC().instant());
    }

    String token(String role, String scheme, String host, int port, String service, String parameter, String user,
            Instant at) {
        return token(callers.of(role), scheme, host, port, service, parameter, user, at);
    }

    static String token(Credentials credentials, String scheme, String host, int port, String service, String parameter,
                        String user, Instant at) {
        AwsCredentialsIdentity identity = credentials.sessionToken().isEmpty()
                ? AwsBasicCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey())
                : AwsSessionCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey(),
                        credentials.sessionToken());
        String url = AwsV4HttpSigner.create().sign(sign -> sign
                .identity(identity)
                .request(SdkHttpRequest.builder().method(SdkHttpMethod.GET)
                        .protocol(scheme).host(host).port(port).encodedPath("/")
                        .putRawQueryParameter("Action", "connect").putRawQueryParameter(parameter, user).build())
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, ACCOUNT.region())
                .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC))
                .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(15)))
                .request().getUri().toString();
        return url.substring(url.indexOf("://") + 3);
    }

    /** Returns TLS for a client that trusts the gates and nobody else. */
    static SSLContext clientTls() throws IOException, GeneralSecurityException {
        keys();
        KeyStore trust = KeyStore.getInstance("JKS");
        try (InputStream in = Files.newInputStream(TLS.resolve("trust.jks"))) {
            trust.load(in, "changeit".toCharArray());
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    static String certificateFile() throws IOException {
        keys();
        return TLS.resolve("trust.pem").toAbsolutePath().toString();
    }
}
