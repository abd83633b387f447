package dev.plinth.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import dev.plinth.contract.Role;
import dev.plinth.contract.TokenKeysTable;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.time.MovableClock;
import io.micronaut.json.tree.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The key's life from its first rotation on, with public keys in DynamoDB Local. */
class TokenKeyRotationTest {
    private static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");
    private static final String FIRST = "11111111-1111-4111-8111-111111111111";
    private static final String SECOND = "22222222-2222-4222-8222-222222222222";
    private static final UUID ADA = UUID.randomUUID();

    private final LocalTable table = new LocalTable(TokenKeysTable.SCHEMA);
    private final MovableClock clock = new MovableClock(Instant.now());
    private final TokenSettings settings = new TokenSettings("urn:plinth:test", table.name());
    private final MemorySecrets secrets = new MemorySecrets();
    private final TokenKeys keys = new DynamoTokenKeys(table.dynamo(), settings, clock);
    private final TokenKeyRotation rotation = new TokenKeyRotation(secrets, keys, clock);
    private final SigningKey signing = new SigningKey(secrets, "arn", clock);
    private final AccessTokens tokens = new AccessTokens(signing, settings, clock);

    @Test
    void makesTheFirstKeyOfASecretWithoutAValue() throws Exception {
        assertUnavailable();
        rotate(FIRST);
        clock.advance(Duration.ofSeconds(5));
        assertThat(secrets.versionAt("AWSCURRENT")).isEqualTo(FIRST);
        assertThat(verified(issue())).isTrue();
        assertThat(issue().getHeader().getKeyID()).isEqualTo(FIRST);
    }

    @Test
    void replacesAValueThatIsNoKey() throws Exception {
        secrets.putCurrent("generated", "some text");
        assertUnavailable();
        rotate(FIRST);
        clock.advance(Duration.ofSeconds(5));
        assertThat(verified(issue())).isTrue();
    }

    @Test
    void publishesAKeyBeforeItSigns() throws Exception {
        rotate(FIRST);
        secrets.beginRotation(SECOND);
        send(SECOND, "createSecret");
        assertThat(kids()).containsExactly(FIRST);
        send(SECOND, "setSecret");
        assertThat(kids()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(issue().getHeader().getKeyID()).isEqualTo(FIRST);
        send(SECOND, "testSecret");
        send(SECOND, "finishSecret");
        clock.advance(Duration.ofMinutes(5));
        assertThat(issue().getHeader().getKeyID()).isEqualTo(SECOND);
        assertThat(verified(issue())).isTrue();
    }

    @Test
    void publishesNothingThatIsPrivate() {
        rotate(FIRST);
        assertThat(table.items()).singleElement().satisfies(item ->
                assertThat(item.get("jwk").s()).contains("\"x\":", "\"y\":", FIRST).doesNotContain("\"d\":"));
        ECKey withPrivatePart = signing.current();
        assertThatThrownBy(() -> keys.publish(withPrivatePart)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsAReplacedKeyUntilItsLastTokenHasExpired() throws Exception {
        rotate(FIRST);
        issue();
        rotate(SECOND);
        // The signer read the first key just before, and cannot reach Secrets Manager any more.
        secrets.down(true);
        clock.advance(SigningKey.LONGEST_USE.minusSeconds(1));
        SignedJWT last = issue();
        assertThat(last.getHeader().getKeyID()).isEqualTo(FIRST);
        clock.advance(AccessToken.LIFETIME);
        assertThat(verified(last)).isTrue();
        clock.advance(Duration.ofMinutes(2));
        assertThat(kids()).containsExactly(SECOND);
        assertUnavailable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"createSecret", "setSecret", "testSecret", "finishSecret"})
    void canRepeatEachStep(String repeated) throws Exception {
        rotate(FIRST);
        secrets.beginRotation(SECOND);
        for (String step : STEPS) {
            send(SECOND, step);
            if (step.equals(repeated)) {
                send(SECOND, step);
                send(SECOND, step);
            }
        }
        clock.advance(Duration.ofMinutes(6));
        assertThat(secrets.versionAt("AWSCURRENT")).isEqualTo(SECOND);
        assertThat(verified(issue())).isTrue();
        assertThat(item(SECOND)).doesNotContainKey("expiresAt");
        assertThat(item(FIRST)).containsKey("expiresAt");
    }

    @Test
    void canRepeatAWholeRotationThatIsDone() {
        rotate(FIRST);
        List<Map<String, AttributeValue>> before = table.items();
        STEPS.forEach(step -> send(FIRST, step));
        assertThat(table.items()).isEqualTo(before);
    }

    @Test
    void retiresTheKeyOfARotationThatNeverEnded() {
        rotate(FIRST);
        secrets.beginRotation("abandoned");
        send("abandoned", "createSecret");
        send("abandoned", "setSecret");
        rotate(SECOND);
        assertThat(item("abandoned")).containsKey("expiresAt");
        clock.advance(Duration.ofMinutes(20));
        assertThat(kids()).containsExactly(SECOND);
    }

    @Test
    void doesNotRetireTheKeyOfTheNextRotationWhenTheLastStepIsRepeated() {
        rotate(FIRST);
        secrets.beginRotation(SECOND);
        send(SECOND, "createSecret");
        send(SECOND, "setSecret");
        send(FIRST, "finishSecret");
        assertThat(item(SECOND)).doesNotContainKey("expiresAt");
    }

    @Test
    void doesNotMakeAKeyCurrentThatIsNotPublished() {
        rotate(FIRST);
        secrets.beginRotation(SECOND);
        send(SECOND, "createSecret");
        assertThatThrownBy(() -> send(SECOND, "testSecret")).hasMessageContaining("not published");
        assertThatThrownBy(() -> send(SECOND, "finishSecret")).hasMessageContaining("not published");
        assertThat(secrets.versionAt("AWSCURRENT")).isEqualTo(FIRST);
    }

    @Test
    void refusesAVersionThatIsNotToBecomeCurrent() {
        rotate(FIRST);
        rotate(SECOND);
        assertThatThrownBy(() -> send(FIRST, "setSecret")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> send("other", "createSecret")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> send(SECOND, "eatSecret")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsTheSecretOnceInSomeMinutes() {
        rotate(FIRST);
        int before = secrets.reads();
        signing.current();
        signing.current();
        clock.advance(Duration.ofMinutes(4));
        signing.current();
        assertThat(secrets.reads()).isEqualTo(before + 1);
        clock.advance(Duration.ofMinutes(1));
        signing.current();
        assertThat(secrets.reads()).isEqualTo(before + 2);
    }

    @Test
    void forgetsThePrivateKeyBeforeASnapshot() {
        rotate(FIRST);
        signing.current();
        int before = secrets.reads();
        signing.beforeCheckpoint(null);
        signing.current();
        assertThat(secrets.reads()).isEqualTo(before + 1);
    }

    @Test
    void issuesTokensWithTheClaimsOfTheProfile() throws Exception {
        rotate(FIRST);
        SignedJWT token = issue();
        assertThat(token.getHeader().toJSONObject())
                .containsExactlyInAnyOrderEntriesOf(Map.of("typ", "at+jwt", "alg", "ES256", "kid", FIRST));
        assertThat(token.getJWTClaimsSet().getClaims()).containsOnlyKeys(
                "iss", "aud", "sub", "sid", "role", "iat", "exp", "jti");
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("urn:plinth:test");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("plinth-api");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo(ADA.toString());
        assertThat(token.getJWTClaimsSet().getStringClaim("sid")).isEqualTo("session");
        assertThat(token.getJWTClaimsSet().getStringClaim("role")).isEqualTo("CUSTOMER");
        assertThat(token.getJWTClaimsSet().getExpirationTime().toInstant())
                .isEqualTo(token.getJWTClaimsSet().getIssueTime().toInstant().plus(Duration.ofMinutes(5)));
    }

    private void rotate(String version) {
        secrets.beginRotation(version);
        STEPS.forEach(step -> send(version, step));
    }

    private void send(String version, String step) {
        rotation.handle(JsonNode.createObjectNode(Map.of(
                "Step", JsonNode.createStringNode(step),
                "SecretId", JsonNode.createStringNode("arn"),
                "ClientRequestToken", JsonNode.createStringNode(version))), "request");
    }

    private SignedJWT issue() throws Exception {
        return SignedJWT.parse(tokens.issue(ADA, "session", Role.CUSTOMER).value());
    }

    private boolean verified(SignedJWT token) throws Exception {
        for (ECKey key : keys.all()) {
            if (key.getKeyID().equals(token.getHeader().getKeyID())) {
                return token.verify(new ECDSAVerifier(key));
            }
        }
        return false;
    }

    private List<String> kids() {
        return keys.all().stream().map(ECKey::getKeyID).toList();
    }

    private Map<String, AttributeValue> item(String kid) {
        return table.items().stream().filter(item -> item.get("kid").s().equals(kid)).findFirst().orElseThrow();
    }

    private void assertUnavailable() {
        assertThatThrownBy(() -> tokens.issue(ADA, "session", Role.CUSTOMER))
                .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
                    assertThat(failure.retryAfter()).isPresent();
                });
    }
}
