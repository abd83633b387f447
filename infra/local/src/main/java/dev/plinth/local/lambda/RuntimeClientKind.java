package dev.plinth.local.lambda;

import java.util.List;

/** The programs that speak the Runtime API in a function's process. */
public enum RuntimeClientKind {
    /** Ours: needs the JDK alone, and ends with its host. */
    PORTABLE {
        @Override
        List<String> command(String handler) {
            return List.of("dev.plinth.local.bootstrap.Bootstrap");
        }
    },
    /** Lambda's own, for Linux only; the benchmark uses it. */
    LAMBDA {
        @Override
        List<String> command(String handler) {
            return List.of("com.amazonaws.services.lambda.runtime.api.client.AWSLambda", handler);
        }
    };

    abstract List<String> command(String handler);
}
