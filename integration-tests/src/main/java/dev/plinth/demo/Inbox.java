package dev.plinth.demo;

/**
 * Where people read what is sent to them: mail, texts to a phone, and what a webhook receives.
 *
 * <p>Every method that waits throws {@link BrokenPromise} when nothing comes.
 */
interface Inbox {
    /** Waits for the next mail to an address that has a code of six digits in it, and returns the code. */
    String nextCode(String address);

    /** Waits for the next mail to an address that has a link to confirm a subscription, and returns the link's token. */
    String nextToken(String address);

    /** Returns an address of which this is the inbox, with a tag that makes it a person's own. */
    String address(String tag);

    /** Returns the number of the phone, in the form of E.164. */
    String phone();

    /** Waits for the next text to the phone and returns the code in it. */
    String nextTextedCode();

    /** Returns the URL of the webhook. */
    String webhook();

    /** Waits for the next request that asks the webhook for a confirmation, and returns its token. */
    String nextConfirmation();

    /** Waits until the webhook has been told that something has ended. */
    void awaitNotice(String event, String subject);
}
