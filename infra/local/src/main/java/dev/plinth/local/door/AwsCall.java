package dev.plinth.local.door;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One SDK call as it came in.
 *
 * @param service   the service of the signature's scope, for example {@code dynamodb}
 * @param operation the operation, for example {@code PutItem}
 * @param input     the JSON body of a JSON protocol, or the form's parameters of the Query protocol as an object
 * @param headers   the header fields that an engine needs to see
 * @param body      the body as it was sent
 */
record AwsCall(String service, String operation, JsonNode input, Map<String, String> headers, byte[] body) {
    String name() {
        return service + ":" + operation;
    }
}
