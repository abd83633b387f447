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

class PersonalMailboxTest {
    @Test
    void asksThePersonForTheCodeOfAnAddressOfTheirs() {
        PersonalMailbox mailbox = mailbox("you@example.com", " 123456 \n");

        assertThat(mailbox.address("ada-1")).isEqualTo("you+ada-1@example.com");
        assertThat(mailbox.nextCode("you+ada-1@example.com")).isEqualTo("123456");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "12345\n", "1234567\n", "abc\n"})
    void takesNothingElseForACode(String typed) {
        assertThatThrownBy(() -> mailbox("you@example.com", typed).nextCode("you@example.com"))
                .isInstanceOf(BrokenPromise.class).hasMessageContaining("six digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"you", "you+me@example.com", "@example.com", "you@"})
    void wantsAnAddressThatTakesATag(String owner) {
        assertThatThrownBy(() -> mailbox(owner, "")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DEMO_EMAIL");
    }

    private static PersonalMailbox mailbox(String owner, String typed) {
        return new PersonalMailbox(owner, new BufferedReader(new StringReader(typed)),
                new PrintStream(OutputStream.nullOutputStream()));
    }
}
