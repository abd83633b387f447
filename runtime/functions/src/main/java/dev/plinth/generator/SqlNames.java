package dev.plinth.generator;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The names of constraints and indexes. PostgreSQL cuts off what is longer than 63 characters, and indexes share one
 * space of names with tables; a name that is too long or taken ends in a part of its digest.
 */
final class SqlNames {
    private static final int MOST_CHARACTERS = 63;
    private static final int DIGEST_CHARACTERS = 8;

    private final Set<String> taken;

    SqlNames(Collection<String> tables) {
        this.taken = new HashSet<>(tables);
    }

    /** Returns a name that is new, as in {@code orders_customer_id_fkey}. */
    String of(String table, String column, String ending) {
        String name = column.isEmpty() ? table + '_' + ending : table + '_' + column + '_' + ending;
        if (name.length() <= MOST_CHARACTERS && taken.add(name)) {
            return name;
        }
        String digest = Digests.sha256(table + ' ' + column + ' ' + ending).substring(0, DIGEST_CHARACTERS);
        int room = MOST_CHARACTERS - digest.length() - ending.length() - 2;
        String stem = name.substring(0, Math.min(name.length() - ending.length() - 1, room));
        String digested = stem + '_' + digest + '_' + ending;
        taken.add(digested);
        return digested;
    }
}
