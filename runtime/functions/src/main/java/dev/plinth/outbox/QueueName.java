package dev.plinth.outbox;

import dev.plinth.contract.Setting;

/** A queue as the outbox's table names it: by the setting that says its URL, which differs between stages. */
enum QueueName {
    IDENTITY_EVENTS(Setting.IDENTITY_EVENTS_QUEUE_URL),
    TODOS_EVENTS(Setting.TODOS_EVENTS_QUEUE_URL),
    STUDIO_EVENTS(Setting.STUDIO_EVENTS_QUEUE_URL);

    private final Setting url;

    QueueName(Setting url) {
        this.url = url;
    }

    Setting url() {
        return url;
    }
}
