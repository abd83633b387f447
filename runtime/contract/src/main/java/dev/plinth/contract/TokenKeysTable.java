package dev.plinth.contract;

import dev.plinth.contract.TableSchema.Key;
import java.util.List;
import java.util.Optional;

/**
 * The table of the public keys that verify access tokens: {@code issuer}, {@code kid}, and the key as a JWK. A key
 * expires when the last token that it signed has.
 */
public final class TokenKeysTable {
    public static final String ISSUER = "issuer";
    public static final String KID = "kid";

    /** The public key as a JWK (RFC 7517), in JSON. */
    public static final String JWK = "jwk";
    public static final String EXPIRES_AT = "expiresAt";

    public static final TableSchema SCHEMA =
            new TableSchema(Key.of(ISSUER, KID), Optional.of(EXPIRES_AT), List.of());

    private TokenKeysTable() {
    }
}
