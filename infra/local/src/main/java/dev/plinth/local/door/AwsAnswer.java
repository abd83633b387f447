package dev.plinth.local.door;

import java.util.Map;

/** The answer to a call, in the protocol of its service. */
public record AwsAnswer(int status, Map<String, String> headers, byte[] body) {
}
