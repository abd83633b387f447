package dev.plinth.local.door;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes answers of the Query protocol of CloudFormation. Not thread-safe; one for each answer. */
final class QueryXml {
    private static final String NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

    private final XMLStreamWriter xml;

    private QueryXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Writes a part of an answer. */
    interface Content {
        void writeTo(QueryXml xml) throws XMLStreamException;
    }

    /** Writes one member of a list. */
    interface Member<T> {
        void write(T value) throws XMLStreamException;
    }

    /** Returns the answer of an operation. */
    static AwsAnswer result(String operation, Content result) {
        return answer(200, xml -> xml.root(operation + "Response", () -> {
            xml.parent(operation + "Result", () -> result.writeTo(xml));
            xml.parent("ResponseMetadata", () -> xml.text("RequestId", UUID.randomUUID().toString()));
        }));
    }

    static AwsAnswer error(int status, String code, String message) {
        return answer(status, xml -> xml.root("ErrorResponse", () -> {
            xml.parent("Error", () -> {
                xml.text("Type", status < 500 ? "Sender" : "Receiver");
                xml.text("Code", code);
                xml.text("Message", message);
            });
            xml.text("RequestId", UUID.randomUUID().toString());
        }));
    }

    private static AwsAnswer answer(int status, Content content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            content.writeTo(new QueryXml(writer));
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML is written into memory", e);
        }
        return new AwsAnswer(
                status, Map.of("content-type", "text/xml"), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What stands between two tags. */
    interface Inside {
        void write() throws XMLStreamException;
    }

    private void root(String name, Inside inside) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeDefaultNamespace(NAMESPACE);
        inside.write();
        xml.writeEndElement();
    }

    void parent(String name, Inside inside) throws XMLStreamException {
        xml.writeStartElement(name);
        inside.write();
        xml.writeEndElement();
    }

    <T> void list(String name, Collection<T> values, Member<T> member) throws XMLStreamException {
        parent(name, () -> {
            for (T value : values) {
                parent("member", () -> member.write(value));
            }
        });
    }

    void text(String name, String value) throws XMLStreamException {
        parent(name, () -> xml.writeCharacters(value));
    }

    void text(String name, Optional<String> value) throws XMLStreamException {
        if (value.isPresent()) {
            text(name, value.get());
        }
    }

    void time(String name, Instant value) throws XMLStreamException {
        text(name, value.toString());
    }
}
