package dev.plinth.migrations;

import dev.plinth.functions.event.EventHandler;
import dev.plinth.functions.event.TimeLeft;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The custom resource {@code Custom::Migrations}: migrates the schema when it is created or updated, and answers by
 * itself. Deleting it does nothing, as the data belongs to the database and not to this resource.
 */
@Singleton
final class MigrationsHandler implements EventHandler {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationsHandler.class);

    /** What the answer takes, and a migration that starts at the last moment. */
    private static final Duration RESERVE = Duration.ofSeconds(45);

    private final Schema schema;
    private final ResourceAnswers answers;
    private final TimeLeft timeLeft;

    MigrationsHandler(Schema schema, ResourceAnswers answers, TimeLeft timeLeft) {
        this.schema = schema;
        this.answers = answers;
        this.timeLeft = timeLeft;
    }

    /** Throws only when CloudFormation could not be told; Lambda then repeats the event, and the migration is done. */
    @Override
    public JsonNode handle(JsonNode event, String requestId) {
        ResourceEvent resource = ResourceEvent.of(event);
        if (resource.type() == ResourceEvent.Type.DELETE) {
            answers.success(resource);
            return null;
        }
        try {
            schema.migrate(() -> timeLeft.now().minus(RESERVE));
        } catch (RuntimeException failed) {
            LOG.atError().setCause(failed).log("migration failed");
            answers.failure(resource, reason(failed)
                    + " The log of the migrations function says more, under request " + requestId + ".");
            return null;
        }
        answers.success(resource);
        return null;
    }

    /** Says what failed without the words of the failure, which may hold statements and data. */
    private static String reason(RuntimeException failed) {
        if (failed instanceof Schema.UnreachableException unreachable) {
            return "The database refuses connections, or does not answer (SQLSTATE " + unreachable.state() + ").";
        } else if (failed instanceof SdkException) {
            return "The administrator's secret cannot be read.";
        } else if (failed instanceof FlywayException flyway) {
            return "A migration failed" + (state(flyway) == null ? "." : " with SQLSTATE " + state(flyway) + ".");
        }
        return "The migrations did not start.";
    }

    private static String state(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
