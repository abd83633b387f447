package dev.plinth.contract;

import dev.plinth.contract.TableSchema.Key;
import java.util.List;
import java.util.Optional;

/** The table of sessions that ended before their access tokens did. An entry expires when the last token has. */
public final class RevocationsTable {
    public static final String SESSION_ID = "sessionId";
    public static final String EXPIRES_AT = "expiresAt";

    public static final TableSchema SCHEMA = new TableSchema(Key.of(SESSION_ID), Optional.of(EXPIRES_AT), List.of());

    private RevocationsTable() {
    }
}
