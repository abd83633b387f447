package dev.plinth.jobs;

import dev.plinth.contract.Setting;
import dev.plinth.contract.StudioTable;
import java.util.Arrays;
import java.util.Optional;

/** A kind of job: where its items are, where its messages go, and what those are called. */
public enum JobKind {
    /** Generates code. */
    GENERATION(StudioTable.CODE_GENERATIONS, Setting.GENERATION_QUEUE_URL, Setting.GENERATION_DEAD_LETTERS_URL,
            "generation"),

    /** Deploys what was generated, and deletes it. */
    DEPLOYMENT(StudioTable.DEPLOYMENTS, Setting.DEPLOYMENT_QUEUE_URL, Setting.DEPLOYMENT_DEAD_LETTERS_URL,
            "deployment");

    /** The member of a message that says what to do. */
    static final String TYPE = "type";

    /** The member of a message that names the job. */
    static final String JOB_ID = "jobId";

    private final StudioTable table;
    private final Setting queue;
    private final Setting deadLetters;
    private final String text;

    JobKind(StudioTable table, Setting queue, Setting deadLetters, String text) {
        this.table = table;
        this.queue = queue;
        this.deadLetters = deadLetters;
        this.text = text;
    }

    StudioTable table() {
        return table;
    }

    /** Returns the setting with the URL of the queue that starts the worker. */
    Setting queue() {
        return queue;
    }

    /** Returns the setting with the URL of the worker's dead-letter queue, which the worker alone has. */
    Setting deadLetters() {
        return deadLetters;
    }

    /** Returns the type of a message, for example {@code generation-requested}. */
    String type(Ask ask) {
        return text + "-" + ask.text();
    }

    /** Returns what a message of this type asks for; empty when this kind of job has no such message. */
    Optional<Ask> ask(String type) {
        return Arrays.stream(Ask.values()).filter(ask -> type(ask).equals(type)).findFirst();
    }
}
