package dev.plinth.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.plinth.contract.Role;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.ApiCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sessions get of users. */
class UserAccountsTest {
    private static final String PASSWORD = "a long enough p\u00e4ssword";
    private static IdentityFunction function;
    private static CountingHashes hashes;

    private Accounts accounts;

    @BeforeAll
    static void start() {
        function = new IdentityFunction();
        hashes = function.hashes();
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @BeforeEach
    void empty() {
        function.empty();
        accounts = function.accounts();
    }

    @Test
    void opensTheAccountToTheRightPasswordInAnySpelling() {
        UUID ada = verified("Ada@Example.org");

        Account account = accounts.authenticate("aDA@eXAMPLE.ORG", "a long enough pa\u0308ssword");

        assertThat(account).isEqualTo(new Account(ada, "Ada@Example.org", Role.CUSTOMER, true));
        assertThat(accounts.find(ada)).contains(account);
        assertThat(accounts.findByEmail("ADA@example.ORG")).contains(account);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody@example.org", "no address", "", "' OR 1=1 --@example.org", "a@b.c\0",
            "ada@example.org"})
    void refusesEverythingElseWithTheSameWordsAndTheSameWork(String email) {
        verified("ada@example.org");
        hashes.forget();

        Failure refused = catchThrowableOfType(Failure.class, () -> accounts.authenticate(email, "not the password"));

        assertThat(refused.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(refused.detail()).isEqualTo("The e-mail address or the password is wrong.");
        assertThat(hashes.computed()).isEqualTo(1);
    }

    @Test
    void computesTheSameHashForNobodyAsForAUser() {
        assertThat(hashes.isOutdated(hashes.ofNobody())).isFalse();
        assertThat(hashes.matches("", hashes.ofNobody())).isFalse();
        assertThat(hashes.ofNobody().length()).isEqualTo(hashes.hash(PASSWORD).length());
    }

    @Test
    void tellsOnlyWhoKnowsThePasswordThatTheAddressIsNotVerified() {
        create("ada@example.org");

        assertThat(catchThrowableOfType(Failure.class, () -> accounts.authenticate("ada@example.org", PASSWORD)).kind())
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(catchThrowableOfType(Failure.class, () -> accounts.authenticate("ada@example.org", "x")).kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void renewsAHashThatWasMadeWithLessEffort() {
        UUID ada = verified("ada@example.org");
        // Argon2id with 1 MiB and one pass, of this password.
        String weak = Argon2Function.getInstance(1024, 1, 1, 32, Argon2.ID)
                .hash(PasswordRules.normalised(PASSWORD).getBytes(StandardCharsets.UTF_8), new byte[16])
                .getResult();
        postgres("UPDATE users SET password_hash = '" + weak + "'");
        List<List<String>> revision = function.postgres().query("SELECT revision FROM users");

        assertThat(accounts.authenticate("ada@example.org", PASSWORD).id()).isEqualTo(ada);

        String renewed = function.postgres().query("SELECT password_hash FROM users").get(0).get(0);
        assertThat(hashes.isOutdated(renewed)).isFalse();
        assertThat(function.postgres().query("SELECT revision FROM users")).isEqualTo(revision);
        assertThat(accounts.authenticate("ada@example.org", PASSWORD).id()).isEqualTo(ada);
        assertThat(function.postgres().query("SELECT password_hash FROM users")).containsExactly(List.of(renewed));
    }

    @Test
    void makesTheOperatorOfWhoFirstProvesTheOperatorsAddress() {
        UUID boss = create("boss@EXAMPLE.org");
        UUID ada = create("ada@example.org");
        assertThat(accounts.find(boss).orElseThrow().role()).as("not by signing up").isEqualTo(Role.CUSTOMER);

        accounts.markVerified(boss);
        accounts.markVerified(ada);
        assertThat(accounts.find(boss).orElseThrow().role()).isEqualTo(Role.OPERATOR);
        assertThat(accounts.find(ada).orElseThrow().role()).isEqualTo(Role.CUSTOMER);

        postgres("UPDATE users SET role = 'CUSTOMER'");
        accounts.markVerified(boss);
        accounts.resetPassword(boss, "another long password");
        assertThat(accounts.find(boss).orElseThrow().role()).as("a role that was taken stays so")
                .isEqualTo(Role.CUSTOMER);
    }

    @Test
    void resetsThePasswordProvesTheAddressAndEndsAllSessions() {
        UUID ada = create("ada@example.org");

        accounts.resetPassword(ada, "another long password");

        assertThat(function.sessions().ended()).containsExactly("all of " + ada);
        assertThat(accounts.authenticate("ada@example.org", "another long password").verified()).isTrue();
        assertThatThrownBy(() -> accounts.authenticate("ada@example.org", PASSWORD)).isInstanceOf(Failure.class);
    }

    @Test
    void resetsNothingToAPasswordThatIsTooEasyOrWhenSessionsCannotBeEnded() {
        UUID ada = create("ada@example.org");
        List<List<String>> before = function.postgres().query("SELECT * FROM users");

        assertThat(catchThrowableOfType(Failure.class, () -> accounts.resetPassword(ada, "ada@example.org")).kind())
                .isEqualTo(Kind.INVALID_REQUEST);
        function.sessions().down(true);
        assertThat(catchThrowableOfType(Failure.class,
                () -> accounts.resetPassword(ada, "another long password")).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(catchThrowableOfType(Failure.class,
                () -> accounts.resetPassword(UUID.randomUUID(), "another long password")).kind())
                .isEqualTo(Kind.NOT_FOUND);

        assertThat(function.postgres().query("SELECT * FROM users")).isEqualTo(before);
    }

    @Test
    void hasCodesSentByEvents() {
        UUID ada = create("ada@example.org");
        function.queues().forget();

        accounts.requestCode(ada, CodePurpose.VERIFY_EMAIL);
        accounts.requestCode(ada, CodePurpose.RESET_PASSWORD);

        assertThat(function.queues().messages()).hasSize(2).allMatch(message -> message.contains(ada.toString()));
        assertThat(function.queues().messages().get(0)).contains("\"verification-code-requested\"");
        assertThat(function.queues().messages().get(1)).contains("\"password-reset-requested\"");
    }

    private UUID verified(String email) {
        UUID id = create(email);
        accounts.markVerified(id);
        return id;
    }

    private UUID create(String email) {
        return UUID.fromString(function.send(ApiCall.of("POST", "/users").json("""
                {"name": "Somebody", "email": "%s", "password": "%s"}""".formatted(email, PASSWORD)))
                .json().get("id").getStringValue());
    }

    private static void postgres(String sql) {
        function.postgres().run(sql);
    }
}
