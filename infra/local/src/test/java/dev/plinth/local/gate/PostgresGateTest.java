package dev.plinth.local.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.door.Callers;
import dev.plinth.local.engine.PostgresEngine;
import dev.plinth.local.engine.Programs;
import dev.plinth.local.gate.PostgresGate.Administrator;
import dev.plinth.local.network.Placement;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL's own driver before a real engine. */
class PostgresGateTest {
    private static final String PASSWORD = "laptop-only";
    private static final String SECRET = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:master";

    private static Guarded guarded;
    private static PostgresEngine engine;
    private static Gate gate;

    @BeforeAll
    static void start() throws Exception {
        guarded = new Guarded();
        engine = Programs.postgres(Optional.empty());
        engine.createDatabase("shop", "admin");
        gate = PostgresGate.open(engine, guarded.signIns, Guarded.keys(), Guarded.USERS, Guarded.STORE, 5432,
                Optional.of(new Administrator("admin", PASSWORD, SECRET))).gate();
        try (Connection admin = connect("admin", PASSWORD); Statement statement = admin.createStatement()) {
            for (String user : List.of("shop", "outside", "stranger", "ghost")) {
                statement.execute("CREATE ROLE " + user + " LOGIN");
                if (!user.equals("ghost")) {
                    statement.execute("GRANT rds_iam TO " + user);
                }
            }
        }
    }

    @AfterAll
    static void stop() throws IOException {
        gate.close();
        engine.close();
    }

    private static Connection connect(String user, String password) throws SQLException, IOException {
        return connect(user, password, "verify-full");
    }

    private static Connection connect(String user, String password, String tls) throws SQLException, IOException {
        return connectTo(gate, user, password, tls);
    }

    private static Connection connectTo(Gate to, String user, String password, String tls)
            throws SQLException, IOException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", tls);
        properties.setProperty("sslrootcert", Guarded.certificateFile());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "20");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + to.port() + "/shop", properties);
    }

    private static Connection connectAsShop() throws SQLException, IOException {
        return connect("shop", guarded.databaseToken("shop", "shop", gate.port()));
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void letsARoleInThatMayConnectAsTheUser() throws Exception {
        try (Connection connection = connectAsShop()) {
            assertThat(query(connection, "SELECT current_user || ' ' || version()")).startsWith("shop PostgreSQL 17");
        }
        assertThat(guarded.journal.uses()).anySatisfy(use -> {
            assertThat(use.role()).isEqualTo("shop");
            assertThat(use.permission()).isEqualTo("rds-db:connect on " + Guarded.USERS + "shop");
        });
        assertThat(guarded.journal.calls()).anySatisfy(call -> {
            assertThat(call.caller()).isEqualTo("shop");
            assertThat(call.name()).isEqualTo("rds-db:connect");
        });
    }

    @Test
    void letsTheOperatorInAsAnyUserThatMaySignInWithATokenButNotAsTheSuperuser() throws Exception {
        assertThat(guarded.callers.signer("PLINTHOPERATOR").orElseThrow().role()).isEmpty();
        String token = operatorToken("shop");
        try (Connection connection = connect("shop", token)) {
            assertThat(query(connection, "SELECT current_user")).isEqualTo("shop");
        }
        assertThatThrownBy(() -> connect("rdsadmin", operatorToken("rdsadmin"))).hasMessageContaining("rdsadmin");
    }

    private static String operatorToken(String user) {
        return Guarded.token(Callers.OPERATOR, "https", "127.0.0.1", gate.port(), "rds-db", "DBUser", user,
                Instant.now());
    }

    @Test
    void refusesAUserThatThePolicyDoesNotName() {
        String token = guarded.databaseToken("outside", "shop", gate.port());

        assertThatThrownBy(() -> connect("shop", token)).isInstanceOf(SQLException.class)
                .hasMessageContaining("PAM authentication failed for user \"shop\"")
                .hasMessageContaining("outside is not authorized to perform: rds-db:connect on resource: "
                + Guarded.USERS + "shop")
                .extracting(failure -> ((SQLException) failure).getSQLState()).isEqualTo("28000");
        assertThat(guarded.journal.denials().get(0).explanation())
                .contains("\"Action\":\"rds-db:connect\"", Guarded.USERS + "shop", "Shop/outside/Policy");
        assertThat(guarded.denials).contains(guarded.journal.denials().get(0).explanation());
    }

    @Test
    void refusesAFunctionThatTheNetworkDoesNotLeadToTheStore() {
        assertThatThrownBy(() -> connect("outside", guarded.databaseToken("outside", "outside", gate.port())))
                .hasMessageContaining("the function Shop/Outside is in no VPC");
        assertThatThrownBy(() -> connect("stranger", guarded.databaseToken("stranger", "stranger", gate.port())))
                .hasMessageContaining("no ingress rule of Shop/StoreGroup")
                .hasMessageContaining("admits Shop/StrangerGroup of the function Shop/Stranger on port 5432");
    }

    @Test
    void refusesTokensThatAreNotForThisUserPlaceAndTime() {
        Instant now = Instant.now();
        String good = guarded.databaseToken("shop", "shop", gate.port());
        assertRefused("shop", guarded.databaseToken("shop", "ghost", gate.port()),
                "the token is for the user ghost, not for shop");
        assertRefused("shop", guarded.databaseToken("shop", "shop", 1),
                "the token is for 127.0.0.1:1, not for 127.0.0.1:");
        assertRefused("shop", token("elasticache", now), "the token is for elasticache in eu-west-1");
        assertRefused("shop", token("rds-db", now.minus(Duration.ofMinutes(15))), "the token expired at");
        assertRefused("shop", token("rds-db", now.plus(Duration.ofMinutes(6))), "the token is of the future");
        assertRefused("shop", good.replace("X-Amz-Expires=900", "X-Amz-Expires=901"),
                "the token's signature is not the one");
        assertRefused("shop", good.replaceFirst("X-Amz-Signature=.{4}", "X-Amz-Signature=0000"),
                "the token's signature is not");
        assertRefused("shop", good.replaceFirst("X-Amz-Security-Token=[^&]*&", ""), "has not the session token");
        assertRefused("shop", good.replaceFirst("Credential=[A-Z0-9]*", "Credential=ASIASOMEBODYELSE"),
                "none of this cloud's");
        assertRefused("shop", PASSWORD, "the password is no token of IAM authentication");
    }

    private static String token(String service, Instant at) {
        return guarded.token("shop", "https", "127.0.0.1", gate.port(), service, "DBUser", "shop", at);
    }

    private static void assertRefused(String user, String password, String reason) {
        assertThatThrownBy(() -> connect(user, password)).isInstanceOf(SQLException.class)
                .hasMessageContaining("PAM authentication failed").hasMessageContaining(reason);
    }

    @Test
    void refusesAUserWithoutTheRoleThatRdsAsksFor() {
        assertThatThrownBy(() -> connect("ghost", guarded.databaseToken("shop", "ghost", gate.port())))
                .hasMessageContaining("pg_hba.conf rejects connection").hasMessageContaining("user \"ghost\"");
    }

    @Test
    void letsTheAdministratorInByThePasswordOfTheSecretAlone() throws Exception {
        try (Connection admin = connect("admin", PASSWORD)) {
            assertThat(query(admin, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).isEqualTo("f");
        }
        assertThatThrownBy(() -> connect("admin", "wrong"))
                .hasMessageContaining("password authentication failed for user \"admin\"");
        assertThatThrownBy(() -> connect("admin", guarded.databaseToken("shop", "admin", gate.port())))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void refusesTheAdministratorWhenNoReaderOfTheSecretGetsThrough() throws Exception {
        guarded.allow("lost", "{\"Effect\": \"Allow\", \"Action\": \"secretsmanager:GetSecretValue\", \"Resource\": \""
                + SECRET + "\"}");
        try {
            assertThatThrownBy(() -> connect("admin", PASSWORD)).hasMessageContaining("of the role lost is in no VPC");
        } finally {
            guarded.allow("lost", "{\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}");
        }
    }

    @Test
    void refusesPlainText() {
        assertThatThrownBy(() -> connect("shop", guarded.databaseToken("shop", "shop", gate.port()), "disable"))
                .hasMessageContaining("no pg_hba.conf entry for host \"127.0.0.1\", user \"shop\", database \"shop\", no encryption");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\0\0\0\7abc", "\0\0\0\u0008\0\0\0\0",
            "\377\377\377\377"})
    void closesTheConnectionOfGarbage(String garbage) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", gate.port()); InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(garbage.getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> {
                if (in.read() < 0) {
                    throw new IOException("closed");
                }
            }).isInstanceOf(IOException.class).isNotInstanceOf(SocketTimeoutException.class);
        }
        try (Connection connection = connectAsShop()) {
            assertThat(query(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void passesCancellationsOn() throws Exception {
        try (Connection connection = connectAsShop(); Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(15)"))
                    .hasMessageContaining("canceling statement due to user request");
        }
    }

    @Test
    void takesTwoHundredAtOnceAndCountsThem() throws Exception {
        int clients = 200;
        CountDownLatch allIn = new CountDownLatch(clients);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                Callable<String> client = () -> {
                    try (Connection connection = connectAsShop()) {
                        allIn.countDown();
                        assertThat(allIn.await(30, TimeUnit.SECONDS)).isTrue();
                        return query(connection, "SELECT 'in'");
                    }
                };
                answers.add(threads.submit(client));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("in");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(user("shop").peak()).isGreaterThanOrEqualTo(clients);
    }

    @Test
    void isDownWhenStoppedAndServesAgainWhenStarted() throws Exception {
        try (Connection before = connectAsShop()) {
            gate.stop();
            assertThat(gate.view().open()).isFalse();
            assertThatThrownBy(() -> query(before, "SELECT 1")).isInstanceOf(SQLException.class);
            assertThatThrownBy(PostgresGateTest::connectAsShop).isInstanceOf(SQLException.class)
                    .extracting(failure -> ((SQLException) failure).getSQLState().substring(0, 2)).isEqualTo("08");
        } finally {
            gate.start();
        }
        try (Connection after = connectAsShop()) {
            assertThat(query(after, "SELECT 1")).isEqualTo("1");
            assertThat(user("shop").current()).isPositive();
        }
    }

    private static Gate.UserView user(String name) {
        return gate.view().connections().stream().filter(view -> view.user().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void letsInWhoMayConnectToAProxyBeforeTheInstance() throws Exception {
        guarded.allow("proxied", "{\"Effect\": \"Allow\", \"Action\": \"rds-db:connect\", \"Resource\": "
                + "\"arn:aws:rds-db:eu-west-1:000000000000:dbuser:prx-1/shop\"}");
        guarded.network.place("proxied", "Shop/Proxied", Optional.of(
                new Placement("Shop/Proxied", List.of("subnet-1"), List.of("sg-shop"))));
        PostgresGate both = PostgresGate.open(engine, guarded.signIns, Guarded.keys(), Guarded.USERS, Guarded.STORE,
                5432, Optional.empty());
        try (Gate port = both.gate()) {
            String token = guarded.databaseToken("proxied", "shop", port.port());
            assertThatThrownBy(() -> connectTo(port, "shop", token, "verify-full"))
                    .hasMessageContaining("not authorized");

            both.addProxy("arn:aws:rds-db:eu-west-1:000000000000:dbuser:prx-1/", Guarded.STORE, 5432);

            try (Connection connection = connectTo(port, "shop", token, "verify-full")) {
                assertThat(query(connection, "SELECT current_user")).isEqualTo("shop");
            }
        }
    }
}
