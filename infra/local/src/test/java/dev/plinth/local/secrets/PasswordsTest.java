package dev.plinth.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.secrets.Passwords.Rules;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    @Test
    void holdsEveryKindAndNothingThatIsExcluded() {
        Rules rules = new Rules(5, "abc\"@/\\", false, false, false, false, true, true);

        assertThat(Stream.generate(() -> Passwords.generate(rules)).limit(200))
                .allSatisfy(password -> assertThat(password)
                .hasSize(5).matches(".*[a-z].*").matches(".*[A-Z].*").matches(".*[0-9].*").contains(" ")
                .doesNotContain("a", "b", "c", "\"", "@", "/", "\\")).doesNotHaveDuplicates();
    }

    @Test
    void leavesOutTheKindsThatAreExcluded() {
        assertThat(Passwords.generate(new Rules(400, "", true, true, true, false, false, true))).matches("[a-z]{400}");
        assertThat(Passwords.generate(new Rules(400, "", false, true, false, true, false, true)))
                .matches("[A-Z0-9]{400}");
    }

    @Test
    void refusesRulesThatNoPasswordFollows() {
        assertThatThrownBy(() -> Passwords.generate(new Rules(3, "", false, false, false, false, false, true)))
                .isInstanceOf(SecretsException.class);
        assertThatThrownBy(() -> Passwords.generate(new Rules(8, "", true, true, true, true, false, true)))
                .isInstanceOf(SecretsException.class);
    }
}
