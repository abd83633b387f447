package dev.plinth.functions.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * Writes an event as one JSON object in one line: {@code timestamp} (RFC 3339) and {@code level}, by which Lambda
 * filters, {@code message}, {@code logger}, the event's key-value pairs and the diagnostic context as fields of the
 * object itself, and {@code error} with its stack trace. Logback's own JSON encoder nests the pairs in an array, where
 * CloudWatch Logs Insights cannot select by name; the common other one needs jackson-databind.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NONE = {};
    private static final int USUAL_SIZE = 512;

    private final JsonFactory json = new JsonFactory();

    @Override
    public byte[] headerBytes() {
        return NONE;
    }

    @Override
    public byte[] footerBytes() {
        return NONE;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator generator = json.createGenerator(line)) {
            write(event, generator);
            generator.writeRaw('\n');
        } catch (IOException impossible) {
            throw new UncheckedIOException("An array cannot fail to be written", impossible);
        }
        return line.toByteArray();
    }

    private static void write(ILoggingEvent event, JsonGenerator line) throws IOException {
        line.writeStartObject();
        line.writeStringField("timestamp", event.getInstant().toString());
        line.writeStringField("level", event.getLevel().toString());
        line.writeStringField("message", event.getFormattedMessage());
        line.writeStringField("logger", event.getLoggerName());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                line.writeFieldName(pair.key);
                writeValue(pair.value, line);
            }
        }
        for (Map.Entry<String, String> context : event.getMDCPropertyMap().entrySet()) {
            line.writeStringField(context.getKey(), context.getValue());
        }
        writeError(event.getThrowableProxy(), line);
        line.writeEndObject();
    }

    private static void writeValue(Object value, JsonGenerator line) throws IOException {
        if (value instanceof Double number) {
            line.writeNumber(number);
        } else if (value instanceof Long number) {
            line.writeNumber(number);
        } else if (value instanceof Integer number) {
            line.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            line.writeBoolean(flag);
        } else {
            line.writeString(String.valueOf(value));
        }
    }

    private static void writeError(IThrowableProxy error, JsonGenerator line) throws IOException {
        if (error == null) {
            return;
        }
        line.writeObjectFieldStart("error");
        line.writeStringField("type", error.getClassName());
        line.writeStringField("message", String.valueOf(error.getMessage()));
        line.writeStringField("stack", ThrowableProxyUtil.asString(error));
        line.writeEndObject();
    }
}
