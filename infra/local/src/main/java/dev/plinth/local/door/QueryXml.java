package dev.plinth.local.door;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the XML of {@link QueryProtocol}. Not thread-safe; one for each answer. */
final class QueryXml {
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

    /** What stands between two tags. */
    interface Inside {
        void write() throws XMLStreamException;
    }

    static AwsAnswer answer(int status, Content content) {
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

    void root(String name, String namespace, Inside inside) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeDefaultNamespace(namespace);
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

    /** Writes a map as the protocol does: an entry with a key and a value each. */
    void map(String name, Map<String, String> map) throws XMLStreamException {
        parent(name, () -> {
            for (Map.Entry<String, String> entry : map.entrySet()) {
                parent("entry", () -> {
                    text("key", entry.getKey());
                    text("value", entry.getValue());
                });
            }
        });
    }

    void text(String value) throws XMLStreamException {
        xml.writeCharacters(value);
    }

    void text(String name, String value) throws XMLStreamException {
        parent(name, () -> text(value));
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
