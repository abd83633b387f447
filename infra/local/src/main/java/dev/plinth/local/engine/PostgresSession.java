package dev.plinth.local.engine;

import dev.plinth.local.engine.PostgresEngine.PostgresException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The few messages of PostgreSQL's protocol (version 3.0) by which the cloud itself runs statements. */
final class PostgresSession {
    private static final int PROTOCOL = 196_608;

    private final EngineSocket socket;
    /** False until the first ReadyForQuery. Before it, an error is the last message. */
    private boolean started;

    private PostgresSession(EngineSocket socket) {
        this.socket = socket;
    }

    static PostgresSession start(EngineSocket socket, String user, String database) throws IOException {
        ByteArrayOutputStream parameters = new ByteArrayOutputStream();
        for (String text : List.of("user", user, "database", database)) {
            parameters.writeBytes(PostgresEngine.bytes(text));
            parameters.write(0);
        }
        parameters.write(0);
        ByteBuffer startup = ByteBuffer.allocate(8 + parameters.size());
        startup.putInt(startup.capacity()).putInt(PROTOCOL).put(parameters.toByteArray());
        socket.write(startup.array());
        PostgresSession session = new PostgresSession(socket);
        session.readUntilReady();
        return session;
    }

    List<String> execute(String sql) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] text = PostgresEngine.bytes(sql);
        DataOutputStream out = new DataOutputStream(message);
        out.writeByte('Q');
        out.writeInt(4 + text.length + 1);
        out.write(text);
        out.writeByte(0);
        socket.write(message.toByteArray());
        return readUntilReady();
    }

    private List<String> readUntilReady() throws IOException {
        List<String> values = new ArrayList<>();
        Optional<String> refusal = Optional.empty();
        while (true) {
            ByteBuffer head = ByteBuffer.wrap(socket.readExactly(5));
            byte type = head.get();
            ByteBuffer body = ByteBuffer.wrap(socket.readExactly(head.getInt() - 4));
            if (type == 'E') {
                refusal = Optional.of(message(body));
                if (!started) {
                    throw new PostgresException(refusal.get());
                }
            } else if (type == 'D') {
                readRow(body, values);
            } else if (type == 'Z') {
                started = true;
                if (refusal.isPresent()) {
                    throw new PostgresException(refusal.get());
                }
                return values;
            }
        }
    }

    private static void readRow(ByteBuffer body, List<String> values) {
        int columns = body.getShort();
        for (int i = 0; i < columns; i++) {
            int length = body.getInt();
            if (length < 0) {
                values.add("");
            } else {
                byte[] value = new byte[length];
                body.get(value);
                values.add(new String(value, StandardCharsets.UTF_8));
            }
        }
    }

    /** Returns the field M of an ErrorResponse. */
    private static String message(ByteBuffer body) {
        String all = new String(body.array(), StandardCharsets.UTF_8);
        for (String field : all.split("\0")) {
            if (field.startsWith("M")) {
                return field.substring(1);
            }
        }
        return "an error without a message";
    }
}
