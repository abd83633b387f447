package dev.plinth.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalInboxTest {
    @Test
    void asksThePersonForTheCodeOfAnAddressOfTheirs() {
        PersonalInbox inbox = inbox("you@example.com", " 123456 \n");

        assertThat(inbox.address("ada-1")).isEqualTo("you+ada-1@example.com");
        assertThat(inbox.nextCode("you+ada-1@example.com")).isEqualTo("123456");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "12345\n", "1234567\n", "abc\n"})
    void takesNothingElseForACode(String typed) {
        assertThatThrownBy(() -> inbox("you@example.com", typed).nextCode("you@example.com"))
                .isInstanceOf(BrokenPromise.class).hasMessageContaining("six digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"you", "you+me@example.com", "@example.com", "you@"})
    void wantsAnAddressThatTakesATag(String owner) {
        assertThatThrownBy(() -> inbox(owner, "")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DEMO_EMAIL");
    }

    private static PersonalInbox inbox(String owner, String typed) {
        return new PersonalInbox(owner, "+14155550100", "https://hooks.example.com/you", new BufferedReader(new StringReader(typed)),
                new PrintStream(OutputStream.nullOutputStream()));
    }
}
