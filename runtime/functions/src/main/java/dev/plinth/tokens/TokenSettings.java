package dev.plinth.tokens;

import dev.plinth.contract.Setting;
import io.micronaut.context.env.Environment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Says of which stage the tokens are, and where their public keys are kept. */
@Singleton
public final class TokenSettings {
    private final String issuer;
    private final String keysTable;

    @Inject
    TokenSettings(Environment environment) {
        this(environment.getRequiredProperty(Setting.TOKEN_ISSUER.property(), String.class),
                environment.getRequiredProperty(Setting.TOKEN_KEYS_TABLE_NAME.property(), String.class));
    }

    TokenSettings(String issuer, String keysTable) {
        this.issuer = issuer;
        this.keysTable = keysTable;
    }

    /** Returns the issuer that every token names. */
    public String issuer() {
        return issuer;
    }

    String keysTable() {
        return keysTable;
    }
}
