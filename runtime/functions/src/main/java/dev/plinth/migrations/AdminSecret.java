package dev.plinth.migrations;

import dev.plinth.contract.Setting;
import io.micronaut.context.env.Environment;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.io.IOException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The secret of the database's administrator, which RDS keeps. Read at each migration, and kept nowhere. */
@Singleton
final class AdminSecret {
    private final SecretsManagerClient secrets;
    private final JsonMapper json;
    private final String arn;

    AdminSecret(SecretsManagerClient secrets, JsonMapper json, Environment environment) {
        this.secrets = secrets;
        this.json = json;
        this.arn = environment.getRequiredProperty(Setting.DATABASE_ADMIN_SECRET_ARN.property(), String.class);
    }

    /** What the secret holds, as RDS writes it. It has no text form, so that it cannot be logged. */
    @Serdeable
    record Credentials(String username, String password) {
        @Override
        public String toString() {
            return "Credentials";
        }
    }

    Credentials read() {
        String value = secrets.getSecretValue(request -> request.secretId(arn)).secretString();
        try {
            return json.readValue(value, Credentials.class);
        } catch (IOException unreadable) {
            // The cause would quote the secret.
            throw new IllegalStateException("The administrator's secret has no username and password in JSON");
        }
    }
}
