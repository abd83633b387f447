package dev.plinth.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;

/** The mailbox of the person at the terminal, who is asked for the codes. Tags are put behind a plus sign. */
record PersonalMailbox(String owner, BufferedReader terminal, PrintStream out) implements Mailbox {
    PersonalMailbox {
        if (!owner.matches("[^@+\\s]+@[^@\\s]+")) {
            throw new IllegalArgumentException("DEMO_EMAIL must be an address of yours without a plus sign, not '"
                    + owner + "'");
        }
    }

    @Override
    public String nextCode(String address) {
        out.print("          Which code did " + address + " get? ");
        out.flush();
        try {
            String code = terminal.readLine();
            if (code == null || !code.strip().matches("\\d{6}")) {
                throw new BrokenPromise("no code of six digits was given for " + address);
            }
            return code.strip();
        } catch (IOException e) {
            throw new BrokenPromise("the terminal cannot be read: " + e.getMessage());
        }
    }

    @Override
    public String address(String tag) {
        return owner.replaceFirst("@", "+" + tag + "@");
    }
}
