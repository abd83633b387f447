package dev.plinth.orders;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import dev.plinth.functions.idempotency.Fingerprint;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * Writes a {@link ListPosition} as the opaque text that a client sends to get the next page, and reads it back.
 *
 * <p>A cursor is a position, never a permission: what a list holds follows from the filter of the request and from who
 * asks, so a client that makes up a cursor gains nothing. The digest therefore needs no secret. It is there to turn a
 * damaged cursor, or one of another list, into an error instead of a wrong page.
 */
final class Cursor {

    /** The parameter of a list's route that takes a cursor. */
    static final String PARAMETER = "cursor";

    private static final byte VERSION = 1;

    /** Makes the whole a multiple of three bytes, so that Base64 has no spare bits and one cursor has one spelling. */
    private static final int DIGEST_LENGTH = 17;
    private static final int LENGTH = 1 + Long.BYTES + 2 * Long.BYTES + DIGEST_LENGTH;

    private Cursor() {
    }

    static String write(ListPosition position, OrderFilter filter) {
        byte[] cursor = ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .putLong(position.createdAt().toEpochMilli())
                .putLong(position.id().getMostSignificantBits())
                .putLong(position.id().getLeastSignificantBits())
                .put(digest(position, filter))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    /**
     * Returns the position that {@link #write} wrote.
     *
     * @throws Failure INVALID_REQUEST unless {@code write} made this very text for a list with this filter
     */
    static ListPosition read(String text, OrderFilter filter) {
        byte[] bytes = decoded(text);
        if (bytes.length != LENGTH || bytes[0] != VERSION) {
            throw foreign();
        }
        ByteBuffer cursor = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
        ListPosition position =
                new ListPosition(Instant.ofEpochMilli(cursor.getLong()), new UUID(cursor.getLong(), cursor.getLong()));
        byte[] digest = new byte[DIGEST_LENGTH];
        cursor.get(digest);
        if (!Arrays.equals(digest, digest(position, filter))) {
            throw foreign();
        }
        return position;
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
    }

    private static byte[] digest(ListPosition position, OrderFilter filter) {
        byte[] digest = Fingerprint.of(List.of(
                Byte.toString(VERSION),
                position.text(),
                filter.status().map(Enum::name).orElse(""),
                filter.customerKey().orElse(""),
                filter.customerId().map(UUID::toString).orElse("")));
        return Arrays.copyOf(digest, DIGEST_LENGTH);
    }

    private static Failure foreign() {
        return Failure.invalid(
                Violation.Place.QUERY, PARAMETER, "must be nextCursor of a page of this list, with the same filters");
    }
}
