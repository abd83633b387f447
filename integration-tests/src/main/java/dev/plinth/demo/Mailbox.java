package dev.plinth.demo;

/** Where people read their codes. */
interface Mailbox {
    /**
     * Waits for the next mail to an address and returns the code in it.
     *
     * @throws BrokenPromise when none comes
     */
    String nextCode(String address);

    /** Returns an address of which this is the mailbox, with a tag that makes it a person's own. */
    String address(String tag);
}
