package dev.plinth.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.plinth.contract.RevocationsTable;
import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.TokenKeysTable;
import dev.plinth.functions.EventFunction;
import dev.plinth.functions.Invocation;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.logging.LogLines;
import dev.plinth.functions.time.MovableClock;
import dev.plinth.tokens.TokenExamples;
import dev.plinth.tokens.TokenKeys;
import io.micronaut.json.tree.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Good, bad and ended tokens, through the function as API Gateway calls it, on tables in DynamoDB Local. */
class AuthorizerTest {
    private static final UUID ADA = UUID.randomUUID();
    private static final String SESSION = "0a1b2c3d-session";
    private static final String KID = "11111111-1111-4111-8111-111111111111";
    private static final ECKey KEY = TokenExamples.newKey(KID);

    private static final LocalTable KEYS = new LocalTable(TokenKeysTable.SCHEMA);
    private static final LocalTable REVOCATIONS = new LocalTable(RevocationsTable.SCHEMA);

    private static Properties before;
    private static EventFunction function;

    @BeforeAll
    static void start() {
        before = (Properties) System.getProperties().clone();
        TokenExamples.keys(KEYS, Clock.systemUTC()).publish(KEY.toPublicJWK());
        function = function(LocalTable.endpoint().toString());
    }

    private static EventFunction function(String endpoint) {
        System.setProperty("aws.endpointUrl", endpoint);
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        return new EventFunction(Map.of(
                Service.ENVIRONMENT_VARIABLE, Service.AUTHORIZER.environment(),
                Setting.TOKEN_ISSUER.variable(), TokenExamples.ISSUER,
                Setting.TOKEN_KEYS_TABLE_NAME.variable(), KEYS.name(),
                Setting.REVOCATIONS_TABLE_NAME.variable(), REVOCATIONS.name()));
    }

    @AfterAll
    static void stop() {
        function.close();
        System.setProperties(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   "})
    void tellsWhoCallsWithATokenOfOurs(String scheme) {
        JsonNode answer = send(scheme + good());

        assertThat(answer.get("isAuthorized").getBooleanValue()).isTrue();
        assertThat(answer.get("context").size()).isEqualTo(3);
        assertThat(answer.get("context").get("userId").getStringValue()).isEqualTo(ADA.toString());
        assertThat(answer.get("context").get("sessionId").getStringValue()).isEqualTo(SESSION);
        assertThat(answer.get("context").get("role").getStringValue()).isEqualTo("CUSTOMER");
    }

    @Test
    void saysOfAnExpiredTokenThatItIs() {
        Instant longAgo = Instant.now().minus(Duration.ofMinutes(5)).minusSeconds(1);

        assertEnded(send("Bearer " + TokenExamples.signed(TokenExamples.claims(ADA, SESSION, longAgo), KEY)),
                "expired");
    }

    @Test
    void saysOfATokenWhoseSessionHasEndedThatItIsRevoked() {
        String token = TokenExamples.signed(TokenExamples.claims(ADA, "ended-session", Instant.now()), KEY);
        assertThat(send("Bearer " + token).get("context").get("userId")).isNotNull();
        REVOCATIONS.dynamo().putItem(put -> put.tableName(REVOCATIONS.name()).item(Map.of(
                RevocationsTable.SESSION_ID, AttributeValue.fromS("ended-session"),
                RevocationsTable.EXPIRES_AT, AttributeValue.fromN("9999999999"))));

        assertEnded(send("Bearer " + token), "revoked");
    }

    static Stream<Arguments> foreign() throws Exception {
        String good = good();
        String[] parts = good.split("\\.");
        ECKey stranger = TokenExamples.newKey(KID);
        return Stream.of(
                arguments("nothing", ""),
                arguments("another word", "hello"),
                arguments("two parts", parts[0] + "." + parts[1]),
                arguments("four parts", good + ".x"),
                arguments("truncated", good.substring(0, good.length() - 1)),
                arguments("with an empty signature", parts[0] + "." + parts[1] + "."),
                arguments("with a signature of zeros", parts[0] + "." + parts[1] + "." + base64(new byte[64])),
                arguments("with another signature", parts[0] + "." + parts[1] + "."
                        + TokenExamples.signed(claims(), KEY).split("\\.")[2]),
                arguments("with other claims", parts[0] + "."
                        + base64(claims().claim("role", "OPERATOR").build().toString()) + "." + parts[2]),
                arguments("of another signer", TokenExamples.signed(claims(), stranger)),
                arguments("of a signer who names itself", TokenExamples.signed(claims(), TokenExamples.newKey("x"))),
                arguments("with its key inside", signed(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("x")
                        .type(new JOSEObjectType("at+jwt")).jwk(stranger.toPublicJWK()).build(), stranger, claims())),
                arguments("unsigned", new PlainJWT(claims().build()).serialize()),
                arguments("unsigned, said aloud", base64("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"" + KID
                        + "\"}")
                        + "." + parts[1] + "." + parts[2]),
                arguments("unsigned, in other case", base64("{\"alg\":\"nOnE\",\"typ\":\"at+jwt\",\"kid\":\"" + KID
                        + "\"}") + "." + parts[1] + "."),
                arguments("signed by the public key as a secret", hmac(KEY.toPublicJWK().toJSONString())),
                arguments("signed by the public key's bytes", hmac(Base64.getEncoder()
                        .encodeToString(KEY.toECPublicKey().getEncoded()))),
                arguments("without a type", signed(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KID).build(), KEY,
                        claims())),
                arguments("of another type", signed(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KID)
                        .type(JOSEObjectType.JWT).build(), KEY, claims())),
                arguments("without a key id", signed(new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("at+jwt")).build(), KEY, claims())),
                arguments("of another stage", ours(claims().issuer("urn:plinth:prod"))),
                arguments("without an issuer", ours(claims().issuer(null))),
                arguments("for another audience", ours(claims().audience("other-api"))),
                arguments("for another audience too", ours(claims().audience(List.of("plinth-api", "other-api")))),
                arguments("without an audience", ours(claims().audience((String) null))),
                arguments("without an end", ours(claims().expirationTime(null))),
                arguments("without a start", ours(claims().issueTime(null))),
                arguments("without an id", ours(claims().jwtID(null))),
                arguments("not yet valid", ours(claims().notBeforeTime(Date.from(Instant.now().plusSeconds(60))))),
                arguments("without a user", ours(claims().subject(null))),
                arguments("of a user without an id", ours(claims().subject("ada"))),
                arguments("of a short id", ours(claims().subject("1-1-1-1-1"))),
                arguments("without a session", ours(claims().claim("sid", null))),
                arguments("of a session with a space", ours(claims().claim("sid", "a b"))),
                arguments("of a session that is a number", ours(claims().claim("sid", 7))),
                arguments("without a role", ours(claims().claim("role", null))),
                arguments("in a role that is none", ours(claims().claim("role", "KING"))),
                arguments("in several roles", ours(claims().claim("role", List.of("OPERATOR")))),
                arguments("that says a claim twice", rawClaims(claims().build().toString()
                        .replaceFirst("\\{", "{\"role\":\"OPERATOR\","))),
                arguments("whose claims are no object", rawClaims("[]")),
                arguments("whose claims are no JSON", rawClaims("hello")),
                arguments("of 16 KiB", ours(claims().claim("more", "x".repeat(16_000)))),
                arguments("of 16 KiB of anything", "a".repeat(16_000) + ".b.c"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foreign")
    void refusesATokenThatIsNotOurs(String which, String token) {
        assertRefused(send("Bearer " + token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "", "Bearer", "Bearer\t", "Token ", "Bearer x ", " Bearer "})
    void refusesAnotherScheme(String scheme) {
        assertRefused(send(scheme + good()));
        assertRefused(send("Bearer " + good() + " "));
        assertRefused(send("Bearer " + good() + ", Bearer " + good()));
    }

    @Test
    void refusesARequestWithoutAToken() {
        assertRefused(Invocation.of("{\"version\":\"2.0\",\"type\":\"REQUEST\",\"headers\":{}}").send(function));
    }

    @Test
    void takesATokenFromNoOtherPlace() {
        assertRefused(Invocation.of("{\"version\":\"2.0\",\"headers\":{\"cookie\":\"authorization=Bearer " + good()
                + "\"},\"identitySource\":[\"Bearer " + good() + "\"],\"queryStringParameters\":{\"access_token\":\""
                + good() + "\"}}").send(function));
    }

    @Test
    void refusesAForgedTokenEvenWhenItHasExpired() {
        Instant longAgo = Instant.now().minus(Duration.ofDays(1));

        assertRefused(send("Bearer " + TokenExamples.signed(
                TokenExamples.claims(ADA, SESSION, longAgo), TokenExamples.newKey(KID))));
    }

    @Test
    void failsWhenItsTablesDoNotAnswer() {
        System.setProperty("aws.endpointUrl", "http://127.0.0.1:1");
        try (EventFunction cutOff = function("http://127.0.0.1:1")) {
            assertThatThrownBy(() -> send(cutOff, "Bearer " + good())).hasMessageContaining("invocation failed");
        } finally {
            System.setProperty("aws.endpointUrl", LocalTable.endpoint().toString());
        }
    }

    @Test
    void writesNothingOfATokenIntoTheLog() {
        String token = good();
        List<String> lines = LogLines.texts(() -> {
            send("Bearer " + token);
            send("Bearer " + token + "x");
            send("Bearer garbage");
        });

        assertThat(lines).isNotEmpty().noneMatch(line -> Arrays.stream(token.split("\\."))
                .anyMatch(part -> line.contains(part.substring(0, 20))) || line.contains("garbage"));
    }

    @Test
    void asksForAnUnknownKeyOnceASecond() {
        LocalTable table = new LocalTable(TokenKeysTable.SCHEMA);
        MovableClock clock = new MovableClock(Instant.now());
        TokenKeys stored = TokenExamples.keys(table, clock);
        KnownKeys known = new KnownKeys(stored, clock);
        assertThat(known.find(KID)).isEmpty();
        stored.publish(KEY.toPublicJWK());
        assertThat(known.find(KID)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(known.find(KID)).isPresent();
    }

    @Test
    void forgetsARetiredKeyWithinAMinute() {
        LocalTable table = new LocalTable(TokenKeysTable.SCHEMA);
        MovableClock clock = new MovableClock(Instant.now());
        TokenKeys stored = TokenExamples.keys(table, clock);
        KnownKeys known = new KnownKeys(stored, clock);
        stored.publish(KEY.toPublicJWK());
        assertThat(known.find(KID)).isPresent();
        stored.retire(KID, clock.instant());
        clock.advance(Duration.ofSeconds(59));
        assertThat(known.find(KID)).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(known.find(KID)).isEmpty();
    }

    private static JWTClaimsSet.Builder claims() {
        return TokenExamples.claims(ADA, SESSION, Instant.now());
    }

    private static String good() {
        return ours(claims());
    }

    private static String ours(JWTClaimsSet.Builder claims) {
        return TokenExamples.signed(claims, KEY);
    }

    private static String signed(JWSHeader header, ECKey key, JWTClaimsSet.Builder claims) throws Exception {
        JWSObject token = new JWSObject(header, claims.build().toPayload());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private static String rawClaims(String claims) throws Exception {
        JWSObject token = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KID)
                .type(new JOSEObjectType("at+jwt")).build(), new Payload(claims));
        token.sign(new ECDSASigner(KEY));
        return token.serialize();
    }

    private static String hmac(String secret) throws Exception {
        JWSObject token = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(KID)
                .type(new JOSEObjectType("at+jwt")).build(), claims().build().toPayload());
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static JsonNode send(String authorization) {
        return send(function, authorization);
    }

    private static JsonNode send(EventFunction function, String authorization) {
        String header = authorization.replace("\t", "\\t");
        return Invocation.of("""
                {"version": "2.0", "type": "REQUEST", "routeKey": "GET /orders", "rawPath": "/orders",
                 "headers": {"authorization": "%s", "host": "api.example"},
                 "requestContext": {"http": {"method": "GET", "path": "/orders"}}}""".formatted(header)).send(function);
    }

    private static void assertEnded(JsonNode answer, String refusal) {
        assertThat(answer.get("isAuthorized").getBooleanValue()).isTrue();
        assertThat(answer.get("context").size()).isEqualTo(1);
        assertThat(answer.get("context").get("refusal").getStringValue()).isEqualTo(refusal);
    }

    private static void assertRefused(JsonNode answer) {
        assertThat(answer.get("isAuthorized").getBooleanValue()).isFalse();
        assertThat(answer.get("context")).isNull();
    }
}
