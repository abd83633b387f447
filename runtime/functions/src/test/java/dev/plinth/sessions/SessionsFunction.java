package dev.plinth.sessions;

import dev.plinth.contract.RevocationsTable;
import dev.plinth.contract.Role;
import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.TokenKeysTable;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.Beans;
import dev.plinth.functions.EventFunction;
import dev.plinth.functions.HttpFunction;
import dev.plinth.functions.Invocation;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.redis.LocalRedis;
import dev.plinth.functions.sql.TcpGate;
import dev.plinth.tokens.KnownSigningKey;
import dev.plinth.tokens.TokenExamples;
import io.micronaut.json.tree.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The identity function and the authorizer, with a real Redis and tables in DynamoDB Local, and users in memory. */
final class SessionsFunction implements AutoCloseable {
    private static final AtomicInteger SOURCES = new AtomicInteger();

    private final Properties before = (Properties) System.getProperties().clone();
    private final LocalTable keys = new LocalTable(TokenKeysTable.SCHEMA);
    private final LocalTable revocations = new LocalTable(RevocationsTable.SCHEMA);
    private final TcpGate gate = new TcpGate(LocalRedis.port());
    private final HttpFunction function;
    private final EventFunction authorizer;

    SessionsFunction() {
        System.setProperty("aws.endpointUrl", LocalTable.endpoint().toString());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        KnownSigningKey.publish(keys);
        Map<String, String> variables = new HashMap<>();
        Service.IDENTITY.settings().forEach(setting -> variables.put(setting.variable(), "1"));
        variables.putAll(LocalRedis.variables(gate.port()));
        variables.put(Setting.TOKEN_ISSUER.variable(), TokenExamples.ISSUER);
        variables.put(Setting.TOKEN_KEYS_TABLE_NAME.variable(), keys.name());
        variables.put(Setting.REVOCATIONS_TABLE_NAME.variable(), revocations.name());
        variables.put(Service.ENVIRONMENT_VARIABLE, String.join(",", Service.IDENTITY.environment(),
                LocalRedis.ENVIRONMENT, KnownSigningKey.ENVIRONMENT, MemoryAccounts.ENVIRONMENT));
        function = new HttpFunction(variables);
        variables.put(Service.ENVIRONMENT_VARIABLE, Service.AUTHORIZER.environment());
        authorizer = new EventFunction(variables);
    }

    HttpFunction function() {
        return function;
    }

    MemoryAccounts accounts() {
        return Beans.of(function, MemoryAccounts.class);
    }

    Codes codes() {
        return Beans.of(function, Codes.class);
    }

    TcpGate gate() {
        return gate;
    }

    LocalTable revocations() {
        return revocations;
    }

    void secretsDown(boolean down) {
        KnownSigningKey.down(function, down);
    }

    Answer send(ApiCall call) {
        return call.send(function);
    }

    /** Returns an address that no request has come from yet. */
    static String newSource() {
        return "198.51.100." + SOURCES.incrementAndGet();
    }

    static ApiCall signIn(String email, String password) {
        return ApiCall.of("POST", "/sessions").from(newSource())
                .json("{\"email\": \"" + email + "\", \"password\": \"" + password + "\"}");
    }

    static ApiCall refresh(String token) {
        return ApiCall.of("POST", "/sessions/refresh").json("{\"refreshToken\": \"" + token + "\"}");
    }

    /** Returns who calls with the tokens of an answer. */
    static Caller caller(Answer signedIn) {
        JsonNode session = signedIn.json().get("session");
        return new Caller(UUID.fromString(session.get("userId").getStringValue()),
                session.get("id").getStringValue(), Role.CUSTOMER);
    }

    static String text(Answer answer, String member) {
        return answer.json().get(member).getStringValue();
    }

    /** Returns what the authorizer says of the access token in an answer. */
    JsonNode authorize(Answer signedIn) {
        return Invocation.of("{\"headers\": {\"authorization\": \"Bearer " + text(signedIn, "accessToken") + "\"}}")
                .send(authorizer);
    }

    List<String> revoked() {
        return revocations.items().stream().map(item -> item.get(RevocationsTable.SESSION_ID).s()).toList();
    }

    void empty() {
        LocalRedis.empty();
        revocations.empty();
        accounts().asked();
    }

    @Override
    public void close() {
        authorizer.close();
        function.close();
        gate.close();
        System.setProperties(before);
    }
}
