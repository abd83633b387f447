package dev.plinth.local.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * AWS's Query protocol: a form goes in, XML comes out.
 *
 * @param namespace of the answers
 */
record QueryProtocol(String namespace) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the parameters of the body, or of the query when there is no body. */
    static ObjectNode parameters(DoorRequest request) {
        ObjectNode parameters = JSON.createObjectNode();
        String form = request.body().length > 0 ? new String(request.body(), StandardCharsets.UTF_8) : request.query();
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    static Optional<String> text(JsonNode parameters, String name) {
        return Optional.ofNullable(parameters.path(name).textValue());
    }

    /**
     * Returns a map parameter in its order.
     *
     * @param prefix for example {@code Attributes.entry}
     * @param key    what an entry calls its key, for example {@code key}
     */
    static Map<String, String> map(JsonNode parameters, String prefix, String key, String value) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 1; parameters.has(prefix + "." + i + "." + key); i++) {
            map.put(parameters.path(prefix + "." + i + "." + key).asText(),
                    parameters.path(prefix + "." + i + "." + value).asText());
        }
        return map;
    }

    AwsAnswer respond(String operation, QueryXml.Content result) {
        return QueryXml.answer(200, xml -> xml.root(operation + "Response", namespace, () -> {
            xml.parent(operation + "Result", () -> result.writeTo(xml));
            xml.parent("ResponseMetadata", () -> xml.text("RequestId", UUID.randomUUID().toString()));
        }));
    }

    AwsAnswer error(int status, String code, String message) {
        return QueryXml.answer(status, xml -> xml.root("ErrorResponse", namespace, () -> {
            xml.parent("Error", () -> {
                xml.text("Type", status < 500 ? "Sender" : "Receiver");
                xml.text("Code", code);
                xml.text("Message", message);
            });
            xml.text("RequestId", UUID.randomUUID().toString());
        }));
    }
}
