package dev.plinth.local.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WildcardTest {
    private static final PolicyPlace PLACE = new PolicyPlace("Default", "Shop/Role/Default", "");

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "*, ``, true",
        "*, anything:at/all, true",
        "?, ``, false",
        "?, ab, false",
        "a*, a, true",
        "*a, ba, true",
        "*a, ab, false",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXcYb, false",
        "a**b, ab, true",
        "?*, a, true",
        "?*, ``, false",
        "*?, abc, true",
        "a?c, abc, true",
        "a?c, ac, false",
        "abc, ABC, false",
        "a.c, abc, false",
        "[a], a, false",
        "a\\*, a\\b, true",
        "table/*, table/Orders/index/ByStatus, true",
        "arn:aws:dynamodb:*, arn:aws:dynamodb:eu-west-1:000000000000:table/T, true",
        "table/?, table/😀, true",
        "a${*}, a*, true",
        "a${*}, ab, false",
        "a${?}${$}*, a?$b, true",
    })
    void matches(String pattern, String text, boolean expected) {
        assertThat(Wildcard.pattern(pattern, false, PLACE).matches(text)).isEqualTo(expected);
    }

    @Test
    void ignoresCaseOnlyWhenAskedTo() {
        assertThat(Wildcard.pattern("DynamoDB:get*", true, PLACE).matches("dynamodb:GetItem")).isTrue();
        assertThat(Wildcard.pattern("DynamoDB:get*", false, PLACE).matches("dynamodb:GetItem")).isFalse();
    }

    @Test
    void takesWildcardsOfALiteralAsTheyStand() {
        Wildcard literal = Wildcard.literal("a*?", false, PLACE);

        assertThat(literal.matches("a*?")).isTrue();
        assertThat(literal.matches("abc")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${aws:username}/*", "home/${aws:PrincipalTag/team, 'none'}", "${", "${}", "${*"})
    void refusesPolicyVariables(String text) {
        assertThatThrownBy(() -> Wildcard.pattern(text, false, PLACE)).isInstanceOf(PolicyException.class)
                .hasMessageContaining("Shop/Role/Default (policy Default)").hasMessageContaining("a policy variable");
    }

    @Test
    void agreesWithARegularExpressionOnRandomInput() {
        Random random = new Random(20121017);
        int matching = 0;
        for (int i = 0; i < 50_000; i++) {
            String pattern = randomText(random, "ab:*?", 8);
            String text = randomText(random, "ab:", 10);
            boolean expected = Pattern.matches(pattern.replace("*", ".*").replace("?", "."), text);
            boolean actual = Wildcard.pattern(pattern, false, PLACE).matches(text);
            assertThat(actual).as(pattern + " on " + text).isEqualTo(expected);
            matching += expected ? 1 : 0;
        }
        assertThat(matching).isBetween(5_000, 45_000);
    }

    @Test
    void needsNoLongTimeForPatternsThatBreakRegularExpressions() {
        Wildcard pattern = Wildcard.pattern("*a".repeat(50) + "b", false, PLACE);
        String text = "a".repeat(5_000);

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(pattern.matches(text)).isFalse());
    }

    private static String randomText(Random random, String alphabet, int longest) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(longest + 1); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
