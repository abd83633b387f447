package dev.plinth.sessions;

import static dev.plinth.sessions.MemoryAccounts.PASSWORD;
import static dev.plinth.sessions.SessionsFunction.caller;
import static dev.plinth.sessions.SessionsFunction.refresh;
import static dev.plinth.sessions.SessionsFunction.signIn;
import static dev.plinth.sessions.SessionsFunction.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.identity.Account;
import dev.plinth.identity.CodePurpose;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients get that verify an address or choose a new password, through the handler. */
class CodesHttpTest {
    private static final String NEW_PASSWORD = "another fine password";

    private static SessionsFunction function;

    private Account verified;
    private Account fresh;

    @BeforeAll
    static void start() {
        function = new SessionsFunction();
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @BeforeEach
    void empty() {
        function.empty();
        verified = function.accounts().add("ada-" + UUID.randomUUID() + "@example.org", true);
        fresh = function.accounts().add("bob-" + UUID.randomUUID() + "@example.org", false);
    }

    @Test
    void verifiesAnAddressByItsCode() {
        assertThat(ask("/verification-codes", fresh.email()).status()).isEqualTo(202);
        assertThat(function.accounts().asked()).containsExactly("VERIFY_EMAIL for " + fresh.id());
        String code = function.codes().issue(fresh.id(), CodePurpose.VERIFY_EMAIL);
        Answer answer = verify(fresh.email(), code);
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        assertThat(function.send(signIn(fresh.email(), PASSWORD)).status()).isEqualTo(201);
    }

    @Test
    void sendsNoCodeToAnAddressThatIsVerified() {
        assertThat(ask("/verification-codes", verified.email()).status()).isEqualTo(202);
        assertThat(function.accounts().asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/verification-codes", "/password-reset-codes"})
    void answersARequestForACodeTheSameForEveryAddress(String path) {
        List<Answer> answers = new ArrayList<>();
        for (String email : List.of(fresh.email(), verified.email(), "nobody@example.org", "no address",
                "' OR 1=1 --", "\u00fcnic\u00f6de@ex\u00e4mple.org")) {
            answers.add(ask(path, email));
        }
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.bytes()).isEmpty();
            assertThat(answer.event().get("headers").size())
                    .isEqualTo(answers.get(0).event().get("headers").size());
        });
    }

    @Test
    void answersToAWrongCodeAsToAnAddressThatNobodyHas() {
        function.codes().issue(fresh.id(), CodePurpose.VERIFY_EMAIL);
        Answer wrong = verify(fresh.email(), "000000");
        Answer unknown = verify("nobody@example.org", "000000");
        Answer verifiedBefore = verify(verified.email(), "000000");
        assertProblem(wrong, 400, "invalid-request");
        for (Answer answer : List.of(unknown, verifiedBefore)) {
            assertThat(answer.text().replace(answer.requestId(), ""))
                    .isEqualTo(wrong.text().replace(wrong.requestId(), ""));
        }
        assertThat(function.send(signIn(fresh.email(), PASSWORD)).status()).isEqualTo(403);
    }

    @Test
    void countsAttemptsForAnAddressThatNobodyHasToo() {
        for (String email : List.of(fresh.email(), "nobody-" + UUID.randomUUID() + "@example.org")) {
            for (int i = 0; i < 15; i++) {
                assertProblem(verify(email, "000000"), 400, "invalid-request");
            }
            assertProblem(verify(email, "000000"), 429, "too-many");
        }
    }

    @Test
    void choosesANewPasswordByACodeAndEndsEverySession() {
        Answer session = function.send(signIn(verified.email(), PASSWORD));
        assertThat(ask("/password-reset-codes", verified.email()).status()).isEqualTo(202);
        assertThat(function.accounts().asked()).containsExactly("RESET_PASSWORD for " + verified.id());
        String code = function.codes().issue(verified.id(), CodePurpose.RESET_PASSWORD);
        assertThat(reset(verified.email(), code, NEW_PASSWORD).status()).isEqualTo(204);
        assertProblem(function.send(refresh(text(session, "refreshToken"))), 401, "unauthenticated");
        assertThat(function.revoked()).containsExactly(caller(session).sessionId());
        assertThat(function.send(signIn(verified.email(), PASSWORD)).status()).isEqualTo(401);
        assertThat(function.send(signIn(verified.email(), NEW_PASSWORD)).status()).isEqualTo(201);
        assertProblem(reset(verified.email(), code, PASSWORD), 400, "invalid-request");
    }

    @Test
    void givesTheCodeBackWhenThePasswordIsRefused() {
        String code = function.codes().issue(verified.id(), CodePurpose.RESET_PASSWORD);
        Answer refused = reset(verified.email(), code, "short");
        assertProblem(refused, 400, "invalid-request");
        assertThat(refused.json().get("errors").get(0).get("pointer").getStringValue()).isEqualTo("/password");
        assertThat(reset(verified.email(), code, NEW_PASSWORD).status()).isEqualTo(204);
    }

    @Test
    void saysNothingOfAPasswordToWhoeverHasNoCode() {
        Answer wrong = reset(verified.email(), "000000", "short");
        assertThat(wrong.json().get("errors").get(0).get("pointer").getStringValue()).isEqualTo("/code");
        assertThat(function.send(signIn(verified.email(), PASSWORD)).status()).isEqualTo(201);
    }

    @Test
    void takesACodeToVerifyForNoNewPassword() {
        String code = function.codes().issue(verified.id(), CodePurpose.VERIFY_EMAIL);
        assertProblem(reset(verified.email(), code, NEW_PASSWORD), 400, "invalid-request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /verification-codes | {}
            /verification-codes | {"email": null}
            /verification-codes | {"email": "a@b.org", "code": "123456"}
            /verifications | {"email": "a@b.org"}
            /verifications | {"email": "a@b.org", "code": 123456}
            /verifications | {"email": "a@b.org", "code": "12345"}
            /verifications | {"email": "a@b.org", "code": "1234567"}
            /verifications | {"email": "a@b.org", "code": "１２３４５６"}
            /verifications | {"email": "a@b.org", "code": "12345\\n"}
            /password-resets | {"email": "a@b.org", "code": "123456"}
            /password-resets | {"code": "123456", "password": "another fine password"}
            """)
    void refusesARequestThatBreaksARule(String path, String body) {
        assertProblem(function.send(ApiCall.of("POST", path).json(body)), 400, "invalid-request");
    }

    private static Answer ask(String path, String email) {
        return function.send(ApiCall.of("POST", path).from(SessionsFunction.newSource())
                .json("{\"email\": \"" + email + "\"}"));
    }

    private static Answer verify(String email, String code) {
        return function.send(ApiCall.of("POST", "/verifications").from(SessionsFunction.newSource())
                .json("{\"email\": \"" + email + "\", \"code\": \"" + code + "\"}"));
    }

    private static Answer reset(String email, String code, String password) {
        return function.send(ApiCall.of("POST", "/password-resets").from(SessionsFunction.newSource())
                .json("{\"email\": \"" + email + "\", \"code\": \"" + code
                        + "\", \"password\": \"" + password + "\"}"));
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("type").getStringValue()).isEqualTo("urn:plinth:problem:" + type);
    }
}
