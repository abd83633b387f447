package dev.plinth.notifications;

import java.util.Locale;

/** By what somebody is told. */
enum Protocol {
    EMAIL,
    SMS,
    WEBHOOK;

    /** Returns the name that SNS has for it. */
    String snsName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
