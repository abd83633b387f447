package dev.plinth.queueadmin;

import static dev.plinth.contract.Setting.DEPLOYMENT_DEAD_LETTERS_URL;
import static dev.plinth.contract.Setting.DEPLOYMENT_QUEUE_URL;
import static dev.plinth.contract.Setting.GENERATION_DEAD_LETTERS_URL;
import static dev.plinth.contract.Setting.GENERATION_QUEUE_URL;
import static dev.plinth.contract.Setting.IDENTITY_EVENTS_DEAD_LETTERS_URL;
import static dev.plinth.contract.Setting.IDENTITY_EVENTS_QUEUE_URL;
import static dev.plinth.contract.Setting.STUDIO_EVENTS_DEAD_LETTERS_URL;
import static dev.plinth.contract.Setting.STUDIO_EVENTS_QUEUE_URL;
import static dev.plinth.contract.Setting.TODOS_EVENTS_DEAD_LETTERS_URL;
import static dev.plinth.contract.Setting.TODOS_EVENTS_QUEUE_URL;
import static dev.plinth.contract.Setting.WEBHOOK_DEAD_LETTERS_URL;
import static dev.plinth.contract.Setting.WEBHOOK_QUEUE_URL;

import dev.plinth.contract.Setting;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A queue of the contract with its dead-letter queue, by the settings that say their URLs. */
enum QueueName {
    IDENTITY_EVENTS(IDENTITY_EVENTS_QUEUE_URL, IDENTITY_EVENTS_DEAD_LETTERS_URL),
    TODOS_EVENTS(TODOS_EVENTS_QUEUE_URL, TODOS_EVENTS_DEAD_LETTERS_URL),
    STUDIO_EVENTS(STUDIO_EVENTS_QUEUE_URL, STUDIO_EVENTS_DEAD_LETTERS_URL),
    GENERATION(GENERATION_QUEUE_URL, GENERATION_DEAD_LETTERS_URL),
    DEPLOYMENT(DEPLOYMENT_QUEUE_URL, DEPLOYMENT_DEAD_LETTERS_URL),
    WEBHOOK(WEBHOOK_QUEUE_URL, WEBHOOK_DEAD_LETTERS_URL);

    private final Setting url;
    private final Setting deadLettersUrl;

    QueueName(Setting url, Setting deadLettersUrl) {
        this.url = url;
        this.deadLettersUrl = deadLettersUrl;
    }

    /**
     * Returns the queue of a name in a path.
     *
     * @throws Failure NOT_FOUND with the names that there are
     */
    static QueueName of(String text) {
        return Arrays.stream(values()).filter(queue -> queue.text().equals(text)).findFirst()
                .orElseThrow(() -> new Failure(Kind.NOT_FOUND, "There is no such queue. There are "
                        + Arrays.stream(values()).map(QueueName::text).collect(Collectors.joining(", ")) + "."));
    }

    /** Returns the name in paths, for example {@code identity-events}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Setting url() {
        return url;
    }

    Setting deadLettersUrl() {
        return deadLettersUrl;
    }
}
