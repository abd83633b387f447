package dev.plinth.generation;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Sends what is written to it in parts of one size, each as soon as it is full, and holds one part at a time. */
final class Parts extends OutputStream {

    /** Sends a part. */
    interface Sending {
        CompletedPart send(int number, byte[] bytes);
    }

    private final byte[] part;
    private final Sending sending;
    private final List<CompletedPart> sent = new ArrayList<>();
    private int filled;

    Parts(int size, Sending sending) {
        this.part = new byte[size];
        this.sending = sending;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] more, int offset, int length) {
        for (int done = 0; done < length;) {
            if (filled == part.length) {
                send();
            }
            int taken = Math.min(part.length - filled, length - done);
            System.arraycopy(more, offset + done, part, filled, taken);
            filled += taken;
            done += taken;
        }
    }

    /** Sends what is left, and returns all parts. */
    List<CompletedPart> sent() {
        if (filled > 0) {
            send();
        }
        return List.copyOf(sent);
    }

    private void send() {
        sent.add(sending.send(sent.size() + 1, Arrays.copyOf(part, filled)));
        filled = 0;
    }
}
