package dev.plinth.local.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * AWS's Query protocol: a form goes in, XML comes out.
 *
 * @param namespace of the answers
 */
record QueryProtocol(String namespace) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What an answer holds. */
    interface Content {
        void writeTo(XMLStreamWriter xml) throws XMLStreamException;
    }

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

    AwsAnswer respond(String operation, Content result) {
        return write(200, xml -> {
            xml.writeStartElement(operation + "Response");
            xml.writeDefaultNamespace(namespace);
            xml.writeStartElement(operation + "Result");
            result.writeTo(xml);
            xml.writeEndElement();
            xml.writeStartElement("ResponseMetadata");
            element(xml, "RequestId", UUID.randomUUID().toString());
            xml.writeEndElement();
            xml.writeEndElement();
        });
    }

    AwsAnswer error(int status, String code, String message) {
        return write(status, xml -> {
            xml.writeStartElement("ErrorResponse");
            xml.writeDefaultNamespace(namespace);
            xml.writeStartElement("Error");
            element(xml, "Type", status < 500 ? "Sender" : "Receiver");
            element(xml, "Code", code);
            element(xml, "Message", message);
            xml.writeEndElement();
            element(xml, "RequestId", UUID.randomUUID().toString());
            xml.writeEndElement();
        });
    }

    private static AwsAnswer write(int status, Content content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            content.writeTo(xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML is written into memory", e);
        }
        return new AwsAnswer(status, Map.of("content-type", "text/xml"),
                text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes an element with a text, and nothing where the text is null. */
    static void element(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        if (value != null) {
            xml.writeStartElement(name);
            xml.writeCharacters(value);
            xml.writeEndElement();
        }
    }

    /** Writes a map as the protocol does: an entry with a key and a value each. */
    static void map(XMLStreamWriter xml, String name, Map<String, String> map) throws XMLStreamException {
        xml.writeStartElement(name);
        for (Map.Entry<String, String> entry : map.entrySet()) {
            xml.writeStartElement("entry");
            element(xml, "key", entry.getKey());
            element(xml, "value", entry.getValue());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
}
