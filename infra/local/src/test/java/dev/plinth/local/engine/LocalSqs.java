package dev.plinth.local.engine;

import java.net.URI;
import java.util.UUID;

/** One ElasticMQ for all tests of a JVM; it ends with it. Tests make queues of their own. */
public final class LocalSqs {
    private static final String ACCOUNT = "000000000000";
    private static final SqsEngine ENGINE = SqsEngine.start(ACCOUNT, "eu-west-1", URI.create("http://127.0.0.1:4566"));

    private LocalSqs() {
    }

    public static URI url() {
        return ENGINE.url();
    }

    /** Returns a name that no other test has. */
    public static String uniqueName() {
        return "queue-" + UUID.randomUUID();
    }

    public static String arn(String name) {
        return "arn:aws:sqs:eu-west-1:" + ACCOUNT + ":" + name;
    }
}
