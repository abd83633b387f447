package dev.plinth.identity;

/** What a code that was mailed is good for. A code for one is none for the other. */
public enum CodePurpose {
    /** To prove that an e-mail address is one's own. */
    VERIFY_EMAIL,

    /** To choose a new password without the old one. */
    RESET_PASSWORD
}
