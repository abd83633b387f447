package dev.plinth.contract;

import java.util.List;
import java.util.Optional;

/**
 * The shape of a DynamoDB table, from which the stack defines it and the functions address it. Every key attribute is
 * a string.
 *
 * @param key        the table's primary key
 * @param timeToLive the attribute that holds an item's expiry, in seconds since the epoch
 * @param indexes    the global secondary indexes
 */
public record TableSchema(Key key, Optional<String> timeToLive, List<Index> indexes) {

    /**
     * A primary key.
     *
     * @param partition the partition key's attribute
     * @param sort      the sort key's attribute; empty for a key of one attribute
     */
    public record Key(String partition, Optional<String> sort) {
        static Key of(String partition) {
            return new Key(partition, Optional.empty());
        }

        static Key of(String partition, String sort) {
            return new Key(partition, Optional.of(sort));
        }
    }

    /**
     * A global secondary index.
     *
     * @param allAttributes true when the index holds whole items, false when it holds keys only
     */
    public record Index(String name, Key key, boolean allAttributes) {
    }
}
