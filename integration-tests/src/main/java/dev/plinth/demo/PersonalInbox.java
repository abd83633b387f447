package dev.plinth.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;

/**
 * Mail, phone and webhook of the person at the terminal, who is asked what came. Tags are put behind a plus sign.
 *
 * @param owner   an e-mail address
 * @param phone   a number in the form of E.164
 * @param webhook the URL of an endpoint whose requests the person can see
 */
record PersonalInbox(String owner, String phone, String webhook, BufferedReader terminal, PrintStream out)
        implements Inbox {
    PersonalInbox {
        require("DEMO_EMAIL", owner, "[^@+\\s]+@[^@\\s]+", "an address of yours without a plus sign");
        require("DEMO_PHONE", phone, "\\+[1-9][0-9]{6,14}", "the number of a phone of yours, like +14155550100");
        require("DEMO_WEBHOOK", webhook, "https://\\S+", "the https URL of an endpoint whose requests you can see");
    }

    private static void require(String variable, String value, String pattern, String what) {
        if (value == null || !value.matches(pattern)) {
            throw new IllegalArgumentException(variable + " must be " + what + ", not '" + value + "'");
        }
    }

    @Override
    public String nextCode(String address) {
        return ask("Which code did " + address + " get?", "\\d{6}", "code of six digits");
    }

    @Override
    public String nextToken(String address) {
        return ask("Which Token does the link in the mail to " + address + " have?", "[A-Za-z0-9]+", "token");
    }

    @Override
    public String address(String tag) {
        return owner.replaceFirst("@", "+" + tag + "@");
    }

    @Override
    public String nextTextedCode() {
        return ask("Which code was texted to " + phone + "?", "\\d{6}", "code of six digits");
    }

    @Override
    public String nextConfirmation() {
        return ask("Which token came to " + webhook + "?", "[A-Za-z0-9_-]+", "token");
    }

    @Override
    public void awaitNotice(String event, String subject) {
        ask("Did " + event + " of " + subject + " come to " + webhook + "? Type yes when it has.", "yes", "yes");
    }

    private String ask(String question, String pattern, String what) {
        out.print("          " + question + " ");
        out.flush();
        try {
            String typed = terminal.readLine();
            if (typed == null || !typed.strip().matches(pattern)) {
                throw new BrokenPromise("no " + what + " was given");
            }
            return typed.strip();
        } catch (IOException e) {
            throw new BrokenPromise("the terminal cannot be read: " + e.getMessage());
        }
    }
}
