package dev.plinth.local.engine;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A connection to an engine over its Unix socket, which lies in a directory that this user alone may enter, so that no
 * other program gets past the gate. One thread may read while another one writes.
 */
public final class EngineSocket implements Closeable {
    private final SocketChannel channel;

    private EngineSocket(SocketChannel channel) {
        this.channel = channel;
    }

    static EngineSocket connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new EngineSocket(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns how many bytes were read, at least one; or -1 at the end. */
    public int read(byte[] buffer) throws IOException {
        return channel.read(ByteBuffer.wrap(buffer));
    }

    public byte[] readExactly(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("The engine closed the connection");
            }
        }
        return buffer.array();
    }

    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
